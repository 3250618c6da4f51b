/** Dagsbuen: the day's four times on an arc, each a link to its doses, with the count in words. */

import type { JSX } from "preact";
import { strings } from "../app/preferences";
import { Icon, type IconName } from "../ui/icon";
import { PARTS, whenOf, type Day, type Part } from "./rules";

export const PART_ICON: Record<Part, IconName> = { morning: "morgen", noon: "middag", evening: "aften", night: "nat" };

/** `waiting`: the day without what something was said about. */
export function Arc({ day, waiting, hour }: { day: Day; waiting: Day; hour: number }): JSX.Element {
  return (
    <nav class="arc" aria-label={strings.value.day.arc}>
      <svg viewBox="0 0 358 56" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <path d="M44 34Q179 -14 314 34" />
      </svg>
      <ol>
        {PARTS.map((part) => (
          <li key={part}>
            <Point part={part} count={day.parts[part].length} waiting={waiting.parts[part].length} when={whenOf(part, hour)} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface PointProps {
  part: Part;
  count: number;
  waiting: number;
  when: "past" | "now" | "later";
}

function Point({ part, count, waiting, when }: PointProps): JSX.Element {
  const words = strings.value.day;
  const isDone = count > 0 && waiting === 0;
  const left = isDone ? strings.value.mark.answered : words.doses(waiting);
  const inside = (
    <>
      <span class="arc__dot">
        <Icon name={isDone ? "tjek" : PART_ICON[part]} />
      </span>
      <span>
        {words.parts[part]}
        {when === "now" && <span class="unseen">, {words.now}</span>}
      </span>
      <span>{count > 0 ? left : words.noDoses}</span>
    </>
  );
  const name = `arc__point arc__point--${when}`;
  if (count === 0) return <span class={name}>{inside}</span>;
  return (
    <a class={name} href={`#${part}`} onClick={() => unfold(part)}>
      {inside}
    </a>
  );
}

/** A part that is past lies folded; following its link opens it. */
function unfold(part: Part): void {
  const target = document.getElementById(part);
  if (target instanceof HTMLDetailsElement) target.open = true;
}
