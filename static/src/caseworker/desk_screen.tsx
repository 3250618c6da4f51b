/** The desk of a caseworker, for wide screens first: who is here, the four places, and the door before them. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Staff } from "../api/types";
import { LogOut } from "../app/logout";
import { strings } from "../app/preferences";
import { session } from "../app/record";
import { route } from "../app/router";
import "../styles/desk.css";
import { Mark } from "../ui/brand";
import { Icon, type IconName } from "../ui/icon";
import { Aside, Blik } from "../ui/parts";
import { initials } from "../ui/rules";
import { Failed, Loading } from "../ui/states";
import { AskScreen } from "./ask";
import { loadAsked, loadTexts, staff, texts } from "./desk";
import { DeskDoor } from "./door";
import { OwnLogScreen } from "./log";
import { PaperScreen } from "./paper";
import { StatusScreen } from "./status";
import { deskWords } from "./strings";

const HOME = "/sagsbehandler";
const ASK = `${HOME}/spoerg`;
const PAPER = `${HOME}/papir`;
const LOG = `${HOME}/log`;

export function DeskScreen(): JSX.Element {
  const who = staff();
  const { path } = route.value;
  return (
    <div class="desk">
      <header>
        {session.value.state === "ready" && session.value.value.mode === "demo" && <p class="demo">{strings.value.app.demo}</p>}
        {who && <Top who={who} path={path} />}
      </header>
      <main id="indhold" tabIndex={-1} key={who ? path : "door"}>
        {who ? <Place path={path} /> : <DeskDoor />}
      </main>
    </div>
  );
}

function Top({ who, path }: { who: Staff; path: string }): JSX.Element {
  const words = deskWords.value;
  const places: [string, IconName, string][] = [
    [HOME, "skjold", words.places.status],
    [ASK, "samtykker", words.places.ask],
    [PAPER, "note", words.places.paper],
    [LOG, "oeje", words.places.log],
  ];
  return (
    <div class="desk__top">
      <Mark />
      <b>{strings.value.app.name}</b>
      <span class="small">{words.role}</span>
      <nav aria-label={words.menu}>
        {places.map(([href, icon, name]) => (
          <a key={href} href={href} aria-current={href === path ? "page" : undefined}>
            <Icon name={icon} />
            {name}
          </a>
        ))}
      </nav>
      <span class="row row--mid">
        <span class="face" aria-hidden="true">
          {initials(who.name || who.organisation_name)}
        </span>
        <span>
          {who.name}
          <br />
          <span class="small">{who.organisation_name}</span>
        </span>
      </span>
      <LogOut text={words.logOut} look="quiet" />
    </div>
  );
}

function Place({ path }: { path: string }): JSX.Element {
  const words = deskWords.value;
  const listed = texts.value;
  useEffect(() => {
    if (texts.value.state !== "ready") void loadTexts();
    void loadAsked();
  }, []);
  if (path === LOG) return <OwnLogScreen />;
  if (listed.state === "loading") return <Loading text={words.texts.loading} />;
  if (listed.state === "failed") {
    return <Failed title={words.texts.failed} page={words.role} failure={listed.failure} retry={() => void loadTexts()} />;
  }
  const [first, ...others] = listed.value;
  if (first === undefined) {
    return (
      <>
        <Blik title={words.status.title} page={words.places.status} />
        <Aside icon="info" title={words.texts.none} text={words.texts.noneWhy} />
      </>
    );
  }
  if (path === PAPER) return <PaperScreen listed={[first, ...others]} />;
  return path === ASK ? <AskScreen listed={[first, ...others]} /> : <StatusScreen listed={[first, ...others]} />;
}
