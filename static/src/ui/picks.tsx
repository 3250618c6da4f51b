/** Choices as rows, one of which is chosen. */

import type { JSX } from "preact";

interface PicksProps<T extends string> {
  name: string;
  legend: string;
  /** Each value with its text, and the language of the text where it is another than the page's. */
  options: [T, string, string?][];
  chosen: T | null;
  choose: (chosen: T) => void;
}

/** Choices of which one holds; the whole row is the target. `chosen` is null as long as none is. */
export function Picks<T extends string>({ name, legend, options, chosen, choose }: PicksProps<T>): JSX.Element {
  return (
    <fieldset class="picks">
      <legend>{legend}</legend>
      {options.map(([value, text, lang]) => (
        <label class="pick" key={value}>
          <input type="radio" name={name} value={value} checked={chosen === value} onChange={() => choose(value)} />
          <span lang={lang}>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Something that is on or off; the whole row is the target. */
export function CheckRow({ text, isOn, turn }: { text: string; isOn: boolean; turn: (isOn: boolean) => void }): JSX.Element {
  return (
    <label class="pick">
      <input type="checkbox" checked={isOn} onChange={(event) => turn(event.currentTarget.checked)} />
      <span>{text}</span>
    </label>
  );
}
