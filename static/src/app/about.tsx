/** Om Nærblik: what it is and is not, where the data come from, accessibility, privacy, and who runs it. */

import { computed } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { read } from "../api/client";
import type { About } from "../api/types";
import { version } from "../../package.json";
import { Icon, type IconName } from "../ui/icon";
import { Back, Blik, Fact } from "../ui/parts";
import { FailedCard } from "../ui/states";
import { language, moreName } from "./preferences";
import { da } from "./about.strings.da";
import { en } from "./about.strings.en";
import { held as hold, load, session } from "./record";

const EMERGENCY = "112";
const DOCTOR_ON_CALL = "1813";

const about = hold<About>();
const loadAbout = (): Promise<void> => load(about, () => read<About>("/about"));
const aboutWords = computed(() => (language.value === "en" ? en : da));

export function AboutScreen(): JSX.Element {
  const words = aboutWords.value;
  const isInside = session.value.state === "ready" && session.value.value.citizen !== null;
  return (
    <>
      <Back href={isInside ? "/mere" : "/"}>{isInside ? moreName.value : words.toDoor}</Back>
      <Blik title={words.title} page={words.name} lead={words.lead} />
      <Part title={words.not}>
        <Points icon="kryds" points={[words.notDoctor, words.notChange, words.notUrgent]} />
      </Part>
      <Urgent />
      <Part title={words.sources}>
        <Points icon="kilde" points={[words.fmk, words.apd, words.others]} />
        <p>{words.sourcesWhy}</p>
      </Part>
      <Part title={words.privacy}>
        <Points icon="tjek" points={[words.sealed, words.watched, words.noStrangers]} />
        {isInside && (
          <p>
            <a href="/mere/log">{words.seeLog}</a>
          </p>
        )}
      </Part>
      <Part title={words.access}>
        <p>{words.accessIs}</p>
        <p>{words.accessNot}</p>
        <p>{words.accessTell}</p>
      </Part>
      <Part title={words.runs}>
        {isInside ? <Runs /> : <p>{words.runsLater}</p>}
        <p>
          <a href="/.well-known/security.txt">{words.weakness}</a>
        </p>
        <dl class="facts">
          <Fact name={words.version}>{version}</Fact>
          <Fact name={words.licence}>{words.licenceIs}</Fact>
        </dl>
      </Part>
    </>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section>
      <h2>{title}</h2>
      <div class="card">{children}</div>
    </section>
  );
}

function Points({ icon, points }: { icon: IconName; points: string[] }): JSX.Element {
  return (
    <ul class={`points ${icon === "tjek" ? "points--ok" : ""}`}>
      {points.map((point) => (
        <li key={point}>
          <Icon name={icon} />
          <span>{point}</span>
        </li>
      ))}
    </ul>
  );
}

function Urgent(): JSX.Element {
  const words = aboutWords.value;
  return (
    <Part title={words.urgent}>
      <p>{words.urgentLife}</p>
      <Call number={EMERGENCY} />
      <p>{words.urgentDoctor}</p>
      <Call number={DOCTOR_ON_CALL} />
    </Part>
  );
}

function Call({ number }: { number: string }): JSX.Element {
  return (
    <a class="btn btn--line btn--full" href={`tel:${number}`}>
      <Icon name="ring" />
      {aboutWords.value.call(number)}
    </a>
  );
}

function Runs(): JSX.Element {
  const words = aboutWords.value;
  const held = about.value;
  useEffect(() => {
    if (held.state !== "ready") void loadAbout();
  }, []);
  if (held.state === "loading") return <p role="status">{words.runsLoading}</p>;
  if (held.state === "failed") {
    return <FailedCard title={words.runsFailed} isTitleSeen failure={held.failure} retry={() => void loadAbout()} />;
  }
  const { run_by: runBy, contact } = held.value;
  return (
    <>
      <p>{runBy === null ? words.runsUnsaid : <strong lang="da">{runBy}</strong>}</p>
      {contact === null ? <p>{words.contactUnsaid}</p> : <Contact address={contact} />}
    </>
  );
}

function Contact({ address }: { address: string }): JSX.Element {
  return (
    <p>
      {aboutWords.value.contact}: <a href={address}>{address.replace(/^(mailto:|tel:|https:\/\/)/, "")}</a>
    </p>
  );
}
