/** Mere: what is not for every day, who is logged in, and the ways out. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Citizen } from "../api/types";
import { waitingOf } from "../consent/waiting";
import { summaryOf } from "../log/rules";
import { dayText } from "../ui/dates";
import { Icon, type IconName } from "../ui/icon";
import { Blik, LinkRow } from "../ui/parts";
import { initials } from "../ui/rules";
import { LogOut } from "./logout";
import { now, today } from "./now";
import { language, moreName, size, strings } from "./preferences";
import { consents, loadLog, log, session } from "./record";

export function MoreScreen(): JSX.Element {
  const words = strings.value.more;
  const citizen = session.value.state === "ready" ? session.value.value.citizen : null;
  useEffect(() => void loadLog(), []);
  const isLarge = size.value === "large";
  const spoken = language.value === "da" ? words.view.danish : words.view.english;
  return (
    <>
      <Blik title={moreName.value} page={moreName.value} />
      {isLarge && <Places title={words.yours} places={yourPlaces()} />}
      {citizen && <Who citizen={citizen} />}
      <Places
        title={words.phone}
        places={[
          ["/mere/kopi", "hent", words.copy, words.copySmall],
          ["/mere/enheder", "telefon", words.devices, words.devicesSmall],
        ]}
      />
      <Places title={words.access} places={[["/mere/log", "oeje", strings.value.log.name, logSmall(citizen)]]} />
      <Places
        title={words.wish}
        places={[["/mere/visning", "tekst", words.view.name, words.view.summary(spoken, words.view[size.value])]]}
      />
      <Places title={words.aboutHead} places={[["/mere/om", "info", words.about.name, words.about.small]]} />
      <section>
        <h2>{words.leave}</h2>
        <p class="small">{words.leaveWhy}</p>
        <LogOut text={words.leaveHere} look="btn btn--line btn--full" />
        <LogOut text={words.leaveEverywhere} where="everywhere" look="btn btn--line btn--full" />
      </section>
    </>
  );
}

function Who({ citizen }: { citizen: Citizen }): JSX.Element {
  const words = strings.value;
  const name = citizen.name ?? words.app.unnamed;
  return (
    <div class="card row row--mid">
      <span class="face face--big" aria-hidden="true">
        {initials(name)}
      </span>
      <div class="grow">
        <p class="small">{words.more.who}</p>
        <p class="name">{name}</p>
        {citizen.born && <p class="small">{words.more.born(dayText(citizen.born, language.value, today.value))}</p>}
      </div>
    </div>
  );
}

type Place = [href: string, icon: IconName, name: string, small: string];

function Places({ title, places }: { title: string; places: Place[] }): JSX.Element {
  return (
    <section>
      <h2>{title}</h2>
      <ul class="rows">
        {places.map(([href, icon, name, small]) => (
          <li key={href}>
            <LinkRow href={href} isMid>
              <span class="key">
                <Icon name={icon} />
              </span>
              <span class="grow">
                <strong>{name}</strong>
                <span class="small">{small}</span>
              </span>
            </LinkRow>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What lies in the bar where the letters are not large. */
function yourPlaces(): Place[] {
  const { app, more } = strings.value;
  const waiting = consents.value.state === "ready" ? waitingOf(consents.value.value, today.value).length : 0;
  return [
    ["/medicin", "medicin", app.medication, more.placeSmall.medication],
    ["/aftaler", "aftaler", app.appointments, more.placeSmall.appointments],
    ["/samtykker", "samtykker", more.consents, waiting > 0 ? app.questions(waiting) : more.placeSmall.consents],
  ];
}

/** How many have looked, once we know it for the whole month. */
function logSmall(citizen: Citizen | null): string {
  const words = strings.value;
  if (log.value.state !== "ready" || citizen === null) return words.more.logSmall;
  const summary = summaryOf(log.value.value.entries, log.value.value.more, citizen.id, now.value);
  return summary.isWhole ? words.log.short(summary.lookers) : words.more.logSmall;
}
