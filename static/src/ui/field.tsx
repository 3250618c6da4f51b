/** A field for words of one's own, with its label above and how much room is left. */

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
