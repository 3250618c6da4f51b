/** Starts the page. */

import "@preact/signals";
import { render } from "preact";
import * as copied from "./app/copied";
import * as door from "./app/door";
import * as net from "./app/net";
import * as now from "./app/now";
import * as preferences from "./app/preferences";
import * as acts from "./app/acts";
import * as record from "./app/record";
import * as router from "./app/router";
import * as night from "./medication/last_night";
import * as marks from "./medication/mark_store";
import { Shell } from "./app/shell";
import * as worker from "./app/worker";
import "./styles/index.css";

preferences.apply();
door.takeOutcome();
now.start();
net.start();
router.start();
worker.start();
copied.start();
record.follow();
acts.follow();
marks.follow();
night.follow();
void record.openSession();

const root = document.getElementById("app");
void preferences.recall().then(() => {
  if (root) render(<Shell />, root);
});
