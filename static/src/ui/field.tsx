/** Fields with their label above: for words of one's own, for a day, and for one of several. */

import type { JSX } from "preact";
import { useId } from "preact/hooks";

interface TextFieldProps {
  label: string;
  hint?: string;
  value: string;
  longest: number;
  change: (text: string) => void;
}

export function TextField({ label, hint, value, longest, change }: TextFieldProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="small" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <textarea
        id={id}
        rows={3}
        maxLength={longest}
        aria-describedby={hint ? `${id}-hint` : undefined}
        value={value}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </div>
  );
}

interface DateFieldProps {
  label: string;
  /** A civil date; "" when none is set. */
  value: string;
  isWrong: boolean;
  change: (day: string) => void;
}

export function DateField({ label, value, isWrong, change }: DateFieldProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} type="date" value={value} aria-invalid={isWrong} onInput={(event) => change(event.currentTarget.value)} />
    </div>
  );
}

interface SelectFieldProps {
  label: string;
  /** Each value with its text. */
  options: [string, string][];
  value: string;
  change: (value: string) => void;
}

export function SelectField({ label, options, value, change }: SelectFieldProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => change(event.currentTarget.value)}>
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
