/** The frame around every screen, and which screen it is. */

import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { AppointmentsScreen } from "../appointments/screen";
import { waitingOf } from "../consent/waiting";
import { MedicationScreen } from "../medication/screen";
import { TodayScreen } from "../medication/today";
import type { Session } from "../api/types";
import { Mark } from "../ui/brand";
import { Icon, type IconName } from "../ui/icon";
import { Blik } from "../ui/parts";
import { firstName, initials } from "../ui/rules";
import { Failed, Loading } from "../ui/states";
import { EditionLine } from "./edition";
import { LeaveLarge, OfferLarge } from "./large";
import { later } from "./later";
import { atDoor, copying, isLost, isPassedBy, line, lockNow } from "./copied";
import { Login } from "./login";
import { LogOut } from "./logout";
import { NetBanner } from "./net";
import { today } from "./now";
import { size, strings } from "./preferences";
import { consents, type Loaded, openSession, session, unheard } from "./record";
import { route, wishFocus } from "./router";

/** The one screen that a stranger can read too. */
const ABOUT = "/mere/om";

const about = later(async () => (await import("./about")).AboutScreen);
const agreed = later(async () => (await import("../consent/screen")).ConsentsScreen);
const log = later(async () => (await import("../log/screen")).LogScreen);
const copyScreen = later(async () => (await import("../copy/screen")).CopyScreen);
const devices = later(async () => (await import("../copy/screen")).DevicesScreen);
const unlock = later(async () => (await import("../copy/screen")).UnlockScreen);
const more = later(async () => (await import("./more")).MoreScreen);
const view = later(async () => (await import("./view")).ViewScreen);

/** The caseworkers' own part: it has a frame of its own, and no citizen fetches it. */
const DESK = "/sagsbehandler";
const isDeskHere = signal(false);
const desk = later(async () => {
  const { DeskScreen } = await import("../caseworker/desk_screen");
  isDeskHere.value = true;
  return DeskScreen;
});

export function Shell(): JSX.Element {
  const words = strings.value;
  const held = session.value;
  const failure = held.state === "failed" ? held.failure : unheard.value;
  const isAtDoor = held.state === "ready" && failure === null && route.value.path !== ABOUT;
  const isAtDesk = held.state === "ready" && isWithin(route.value.path, DESK);
  const isBefore = isLocked(held) && !isWithin(route.value.path, DESK) && route.value.path !== ABOUT;
  return (
    <>
      <a class="skip" href="#indhold">
        {words.app.skip}
      </a>
      <NetBanner isBefore={isBefore} />
      <EditionLine />
      {isAtDesk ? (
        <Desk />
      ) : isBefore ? (
        <main id="indhold" tabIndex={-1} class="door" key="lock">
          {copying.value === "coming" ? <Loading text={words.loading.session} /> : <unlock.Screen />}
        </main>
      ) : held.state === "ready" && !wantsDoor(held.value) ? (
        <Inside session={held.value} name={held.value.citizen?.name ?? words.app.unnamed} />
      ) : (
        <main id="indhold" tabIndex={-1} class={isAtDoor ? "door" : ""} key={isAtDoor ? "door" : route.value.path}>
          {held.state === "loading" && <Loading text={words.loading.session} />}
          {failure !== null && (
            <Failed title={words.failed.session} page={words.app.name} failure={failure} retry={() => void openSession()} />
          )}
          {isAtDoor && <Login mode={held.value.mode} hasMitid={held.value.oidc === true} hasStaff={held.value.staff_oidc} />}
          {held.state === "ready" && failure === null && !isAtDoor && <about.Screen />}
          {(isPassedBy.value || atDoor.value) && hasCopy() && (
            <button class="btn btn--line btn--full" type="button" onClick={() => [wishFocus(), (isPassedBy.value = atDoor.value = false)]}>
              <Icon name="laas" />
              {words.app.toCopy}
            </button>
          )}
        </main>
      )}
    </>
  );
}

/** What stands before the app where this device has a copy: it is being opened, or it is locked, or may not be read. */
function isLocked(held: Loaded<Session>): boolean {
  const lock = lockNow()?.lock;
  const isShown = held.state === "ready" && held.value.citizen !== null;
  if (lock === "open") return !atDoor.value && !isShown;
  return copying.value === "coming" || (!isPassedBy.value && (lock === "closed" || lock === "ended"));
}

/** Whether there is a copy to go back to. */
function hasCopy(): boolean {
  const lock = lockNow()?.lock;
  return lock === "closed" || lock === "open";
}

/** Whether the door is to be seen: nobody is logged in, and no copy is open or its person wants to log in all the same. */
function wantsDoor(held: Session): boolean {
  return held.citizen === null || atDoor.value;
}

function Desk(): JSX.Element {
  if (isDeskHere.value) return <desk.Screen />;
  return (
    <main id="indhold" tabIndex={-1}>
      <desk.Screen />
    </main>
  );
}

function Inside({ session: held, name }: { session: Session; name: string }): JSX.Element {
  const { path, view: part, id } = route.value;
  useEffect(() => void Promise.all([agreed, more, log, view, about, copyScreen].map((each) => each.ahead())), []);
  return (
    <>
      <header>
        {held.mode === "demo" && <p class="demo">{strings.value.app.demo}</p>}
        <Top name={name} />
      </header>
      <main id="indhold" tabIndex={-1} key={`${path} ${part} ${id}`}>
        {line.value !== null && <line.value />}
        {isLost(held.has_device) && path !== "/mere/kopi" && (
          <a class="card card--note row row--mid" href="/mere/kopi">
            <Icon name="advarsel" />
            <span class="grow">{strings.value.app.copyLost}</span>
            <Icon name="frem" class="row__go" />
          </a>
        )}
        <Screen path={path} />
        {path === "/" && (size.value === "large" ? <LeaveLarge /> : <OfferLarge />)}
      </main>
      <Bar path={path} />
    </>
  );
}

const SCREENS: Partial<Record<string, () => JSX.Element>> = {
  "/": TodayScreen,
  "/medicin": MedicationScreen,
  "/aftaler": AppointmentsScreen,
  "/samtykker": agreed.Screen,
  "/mere": more.Screen,
  "/mere/enheder": devices.Screen,
  "/mere/kopi": copyScreen.Screen,
  "/mere/log": log.Screen,
  "/mere/visning": view.Screen,
  [ABOUT]: about.Screen,
};

function Screen({ path }: { path: string }): JSX.Element {
  const Known = SCREENS[path];
  if (Known) return <Known />;
  const words = strings.value.lost;
  return (
    <>
      <Blik title={words.title} page={words.title} lead={words.why} />
      <a class="btn btn--line btn--full" href="/">
        {words.home}
      </a>
    </>
  );
}

function Top({ name }: { name: string }): JSX.Element {
  const words = strings.value.app;
  const isHere = route.value.path === "/mere";
  return (
    <div class="top">
      <Mark />
      <a class="who" href="/mere" aria-current={isHere ? "page" : undefined}>
        <span class="face" aria-hidden="true">
          {initials(name)}
        </span>
        {firstName(name)}
        <span class="unseen">, {words.choices}</span>
        <Icon name="ned" />
      </a>
      <LogOut text={words.logOut} look="quiet" />
    </div>
  );
}

type Place = [href: string, icon: IconName, name: string];

function Bar({ path }: { path: string }): JSX.Element {
  const words = strings.value.app;
  const isLarge = size.value === "large";
  const home: Place = ["/", "idag", words.today];
  const daily: Place[] = [
    home,
    ["/medicin", "medicin", words.medication],
    ["/aftaler", "aftaler", words.appointments],
    ["/samtykker", "samtykker", strings.value.more.consents],
    ["/mere", "mere", strings.value.more.name],
  ];
  // Large: two places, and all the others lie in the menu.
  const places: Place[] = isLarge ? [home, ["/mere", "mere", strings.value.more.menu]] : daily;
  const waiting = consents.value.state === "ready" ? waitingOf(consents.value.value, today.value).length : 0;
  const countAt = (href: string): boolean => waiting > 0 && href === (isLarge ? "/mere" : "/samtykker");
  const isHere = (href: string): boolean => (isLarge && href !== "/" ? path !== "/" : isWithin(path, href));
  return (
    <nav class="bar" aria-label={words.menu}>
      <ul>
        {places.map(([href, icon, name]) => (
          <li key={href}>
            <a href={href} aria-current={isHere(href) ? "page" : undefined}>
              <span class="bar__pill">
                <Icon name={icon} />
              </span>
              {name}
              {countAt(href) && <Count waiting={waiting} />}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** How many questions wait for an answer: a number to see, and words to hear. */
function Count({ waiting }: { waiting: number }): JSX.Element {
  return (
    <>
      <span class="bar__count" aria-hidden="true">
        {waiting}
      </span>
      <span class="unseen">{strings.value.app.waits(waiting)}</span>
    </>
  );
}

/** Whether a screen is the place or lies below it. */
function isWithin(path: string, place: string): boolean {
  return path === place || (place !== "/" && path.startsWith(`${place}/`));
}
