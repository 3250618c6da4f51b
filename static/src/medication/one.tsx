/** Large letters: one dose at a time, with two large buttons; the whole day is one step away. */

import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Dose, KeptMark, Medication } from "../api/types";
import { QuestionsWait } from "../consent/waits";
import { language, strings } from "../app/preferences";
import { held } from "../app/record";
import { wishFocus } from "../app/router";
import { ReadAloud } from "../ui/aloud";
import { numberText } from "../ui/dates";
import { Icon } from "../ui/icon";
import { Blik, MedicineName } from "../ui/parts";
import { FailedCard, Loading } from "../ui/states";
import { tell, Toast } from "../ui/toast";
import { find, namedOf, nameOf, Reason } from "./dose_parts";
import { type Named, say } from "./mark_acts";
import { keyOfSlot, type Slot, standing, stateOf } from "./mark_rules";
import { marks } from "./mark_store";
import { mayHaveArrived, tryOf } from "./mark_tries";
import { markWords } from "./mark_words";
import { type Asked, askedOf, type Due } from "./one_rules";
import { clockOf, placeOf } from "./rules";

/** What was put off on this page, by its slot: it stands on the day, and is not asked about again by itself. */
const putOff = held<ReadonlySet<string>>();
/** Whether the whole day is looked at. */
const isWhole = signal(false);

interface OneAtATimeProps {
  /** What is due now. */
  dues: readonly Due[];
  /** All doses of the day. */
  slots: readonly Slot[];
  /** The whole day, with something below its sentence. */
  whole: (below: JSX.Element | null) => JSX.Element;
  source: JSX.Element;
}

export function OneAtATime({ dues, slots, whole, source }: OneAtATimeProps): JSX.Element {
  const words = markWords.value;
  const said = marks.value;
  if (said.state === "loading") return <Loading text={strings.value.loading.day} />;
  if (said.state === "failed") return whole(null);
  const asked = firstOf(dues, said.value, putOffNow());
  if (isWhole.value || asked === null) {
    const isLeft = firstOf(dues, said.value, new Set()) !== null;
    const back = (
      <button class="btn btn--line btn--full" type="button" onClick={() => [wishFocus(), askAll()]}>
        {words.oneByOne}
      </button>
    );
    return whole(isLeft ? back : null);
  }
  const differs = slots.some((slot) => stateOf(standing(said.value, slot)) === "differs");
  return (
    <>
      <One key={keyOfSlot(asked.slot)} asked={asked} />
      {differs && <p class="card card--note">{words.differsSomewhere}</p>}
      <button class="btn btn--line btn--full" type="button" onClick={() => [wishFocus(), (isWhole.value = true)]}>
        {words.wholeDay}
      </button>
      <QuestionsWait />
      {source}
      <Toast />
    </>
  );
}

function firstOf(dues: readonly Due[], said: readonly KeptMark[], without: ReadonlySet<string>): Asked | null {
  return askedOf(dues, said, without, (dose, among) => namedOf(dose, among.card, among.date)?.slot ?? null);
}

function putOffNow(): ReadonlySet<string> {
  return putOff.value.state === "ready" ? putOff.value.value : new Set();
}

function askAll(): void {
  isWhole.value = false;
  putOff.value = { state: "ready", value: new Set() };
}

function putOffOne({ slot, name }: Named): void {
  const key = keyOfSlot(slot);
  putOff.value = { state: "ready", value: new Set([...putOffNow(), key]) };
  const undo = async (): Promise<void> => {
    putOff.value = { state: "ready", value: new Set([...putOffNow()].filter((each) => each !== key)) };
  };
  tell(markWords.peek().toldLater(name), { text: markWords.peek().undo, act: undo });
}

function One({ asked: { dose, slot, among, number, of } }: { asked: Asked }): JSX.Element {
  const [words, day] = [markWords.value, strings.value.day];
  const [isNotNow, setNotNow] = useState(false);
  const medication = find(among.card, dose.medication_id);
  const name = nameOf(dose, medication) ?? strings.value.app.unnamed;
  const tried = tryOf(slot);
  const part = among.part === null ? day.anyTime : day.parts[among.part];
  return (
    <>
      <Blik key={String(isNotNow)} over={words.numberOf(part, number, of)} title={isNotNow ? words.laterOr : words.this} page={strings.value.app.today} />
      <What dose={dose} medication={medication} among={among} />
      {tried?.state === "failed" && <FailedCard title={words.failed} isTitleSeen failure={tried.failure} retry={() => void tried.retry()} />}
      {!mayHaveArrived(slot) && <Two dose={{ slot, name }} isNotNow={isNotNow} refuse={() => setNotNow(true)} />}
    </>
  );
}

function Two({ dose, isNotNow, refuse }: { dose: Named; isNotNow: boolean; refuse: () => void }): JSX.Element {
  const words = markWords.value;
  const isBusy = tryOf(dose.slot)?.state === "busy";
  return (
    <div class="two" role="group" aria-label={words.of(dose.name)}>
      {isNotNow ? (
        <>
          {/* In the place of the button just pressed stands what does no harm when it is pressed once more. */}
          <Large icon="spring" text={words.skipped} isBusy={isBusy} press={() => void say([dose], "skipped")} />
          <Large icon="senere" text={words.later} press={() => putOffOne(dose)} />
        </>
      ) : (
        <>
          <Large icon="tjek" text={words.taken} isBusy={isBusy} isMain press={() => void say([dose], "taken")} />
          <Large icon="senere" text={words.notNow} press={refuse} />
        </>
      )}
    </div>
  );
}

/** What, how much, when and why. */
function What({ dose, medication, among }: { dose: Dose; medication: Medication | null; among: Due }): JSX.Element {
  const words = strings.value.day;
  const [clock, place, amount] = [clockOf(dose.slot), placeOf(dose, among.doses), amountText(dose)];
  const name = nameOf(dose, medication);
  return (
    <section class="card">
      <p class="giant">{amount}</p>
      <h2 class="giant">
        <MedicineName name={name} />
      </h2>
      {clock && <p>{words.clock(language.value === "da" ? clock.replace(":", ".") : clock)}</p>}
      {place && <p>{words.place(place.number, place.of)}</p>}
      {medication && <Reason medication={medication} />}
      <ReadAloud text={[amount, name, medication?.indication].filter(Boolean).join(". ")} />
    </section>
  );
}

function amountText({ quantity, quantity_max: most, unit }: Dose): string {
  const [least, upTo] = [quantity, most].map((each) => (each === null ? null : numberText(each, language.value)));
  return [upTo === null ? least : `${least}–${upTo}`, unit].filter(Boolean).join(" ");
}

interface LargeProps {
  icon: "tjek" | "senere" | "spring";
  text: string;
  press: () => void;
  isBusy?: boolean;
  isMain?: boolean;
}

/** The second tap of two quick ones is not meant for the dose that comes next. */
function Large({ icon, text, press, isBusy = false, isMain = false }: LargeProps): JSX.Element {
  const once = (event: MouseEvent): void => {
    if (event.detail > 1 || isBusy) return;
    wishFocus();
    press();
  };
  return (
    <button class={`btn btn--full ${isMain ? "" : "btn--line"}`} type="button" aria-busy={isBusy} onClick={once}>
      <Icon name={icon} />
      {isBusy ? markWords.value.busy : text}
    </button>
  );
}
