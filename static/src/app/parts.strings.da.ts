/** The Danish words of the parts of the app, each kept beside its part. */

import { da as more } from "./more.strings.da";
import { da as log } from "../log/strings.da";
import { da as answer } from "../appointments/answer.strings.da";
import { da as visit } from "../appointments/visit.strings.da";
import { da as mark } from "../medication/mark.strings.da";
import { da as renewal } from "../medication/renewal.strings.da";
import { da as notes } from "../notes/strings.da";
import { da as delivery } from "../ui/delivery.strings.da";
import { worker } from "./worker.strings.da";

export const parts = { answer, delivery, log, more, notes, mark, renewal, visit, worker };
