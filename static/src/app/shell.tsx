/** The frame around every screen, and which screen it is. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { AppointmentsScreen } from "../appointments/screen";
import { MedicationScreen } from "../medication/screen";
import { TodayScreen } from "../medication/today";
import type { Session } from "../api/types";
import { Mark } from "../ui/brand";
import { Icon, type IconName } from "../ui/icon";
import { Aside, Blik } from "../ui/parts";
import { firstName, initials } from "../ui/rules";
import { Failed, Loading } from "../ui/states";
import { ChoicesScreen } from "./choices";
import { EditionLine } from "./edition";
import { Login } from "./login";
import { strings } from "./preferences";
import { logOut, openSession, session } from "./record";
import { route } from "./router";

export function Shell(): JSX.Element {
  const words = strings.value;
  const held = session.value;
  return (
    <>
      <a class="skip" href="#indhold">
        {words.app.skip}
      </a>
      <EditionLine />
      {held.state === "ready" && held.value.citizen !== null ? (
        <Inside session={held.value} name={held.value.citizen.name ?? words.app.unnamed} />
      ) : (
        <main id="indhold" tabIndex={-1} class={held.state === "ready" ? "door" : ""}>
          {held.state === "loading" && <Loading text={words.loading.session} />}
          {held.state === "failed" && (
            <Failed title={words.failed.session} page={words.app.name} failure={held.failure} retry={() => void openSession()} />
          )}
          {held.state === "ready" && <Login mode={held.value.mode} />}
        </main>
      )}
    </>
  );
}

function Inside({ session: held, name }: { session: Session; name: string }): JSX.Element {
  const { path, view, id } = route.value;
  return (
    <>
      <header>
        {held.mode === "demo" && <p class="demo">{strings.value.app.demo}</p>}
        <Top name={name} />
      </header>
      <main id="indhold" tabIndex={-1} key={`${path} ${view} ${id}`}>
        <Screen path={path} />
      </main>
      <Bar path={path} />
    </>
  );
}

function Screen({ path }: { path: string }): JSX.Element {
  if (path === "/") return <TodayScreen />;
  if (path === "/medicin") return <MedicationScreen />;
  if (path === "/aftaler") return <AppointmentsScreen />;
  if (path === "/valg") return <ChoicesScreen />;
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
  const isHere = route.value.path === "/valg";
  return (
    <div class="top">
      <Mark />
      <a class="who" href="/valg" aria-current={isHere ? "page" : undefined}>
        <span class="face" aria-hidden="true">
          {initials(name)}
        </span>
        {firstName(name)}
        <span class="unseen">, {words.choices}</span>
        <Icon name="ned" />
      </a>
      <LogOut />
    </div>
  );
}

function LogOut(): JSX.Element {
  const words = strings.value.app;
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const leave = async (): Promise<void> => {
    if (state === "busy") return;
    setState("busy");
    if ((await logOut()) !== null) setState("failed");
  };
  return (
    <>
      <button class="quiet" type="button" aria-busy={state === "busy"} onClick={() => void leave()}>
        <Icon name="ud" />
        {state === "busy" ? words.loggingOut : words.logOut}
      </button>
      {state === "failed" && (
        <div role="alert">
          <Aside icon="advarsel" title={strings.value.failed.whatHappened} text={words.logOutFailed} tone="note" />
        </div>
      )}
    </>
  );
}

function Bar({ path }: { path: string }): JSX.Element {
  const words = strings.value.app;
  const places: [string, IconName, string][] = [
    ["/", "idag", words.today],
    ["/medicin", "medicin", words.medication],
    ["/aftaler", "aftaler", words.appointments],
  ];
  return (
    <nav class="bar" aria-label={words.menu}>
      <ul>
        {places.map(([href, icon, name]) => (
          <li key={href}>
            <a href={href} aria-current={href === path ? "page" : undefined}>
              <span class="bar__pill">
                <Icon name={icon} />
              </span>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
