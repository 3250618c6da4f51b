/** Dagsbuen: the day's four times on an arc, each a link to its doses, with the count in words. */

import type { JSX } from "preact";
import { strings } from "../app/preferences";
import { Icon, type IconName } from "../ui/icon";
import { PARTS, whenOf, type Day, type Part } from "./rules";

export const PART_ICON: Record<Part, IconName> = { morning: "morgen", noon: "middag", evening: "aften", night: "nat" };

export function Arc({ day, hour }: { day: Day; hour: number }): JSX.Element {
  return (
    <nav class="arc" aria-label={strings.value.day.arc}>
      <svg viewBox="0 0 358 56" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <path d="M44 34Q179 -14 314 34" />
      </svg>
      <ol>
        {PARTS.map((part) => (
          <li key={part}>
            <Point part={part} count={day.parts[part].length} when={whenOf(part, hour)} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Point({ part, count, when }: { part: Part; count: number; when: "past" | "now" | "later" }): JSX.Element {
  const words = strings.value.day;
  const inside = (
    <>
      <span class="arc__dot">
        <Icon name={PART_ICON[part]} />
      </span>
      <span>
        {words.parts[part]}
        {when === "now" && <span class="unseen">, {words.now}</span>}
      </span>
      <span>{count > 0 ? words.doses(count) : words.noDoses}</span>
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
