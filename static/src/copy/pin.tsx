/** A field for a PIN of six digits. */

import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "../ui/icon";

interface PinFieldProps {
  label: string;
  hint?: string;
  value: string;
  /** Why the last one was not right; null while there is nothing to say. */
  wrong: string | null;
  isNew: boolean;
  change: (pin: string) => void;
}

export function PinField({ label, hint, value, wrong, isNew, change }: PinFieldProps): JSX.Element {
  const id = useId();
  const said = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ");
  return (
    <div class="field" data-bad={wrong !== null ? "" : undefined}>
      <label for={id}>{label}</label>
      {hint && (
        <p class="small" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        class="pin"
        id={id}
        type="password"
        inputMode="numeric"
        maxLength={6}
        autocomplete={isNew ? "new-password" : "off"}
        aria-invalid={wrong !== null}
        aria-describedby={said === "" ? undefined : said}
        value={value}
        onInput={(event) => change(event.currentTarget.value.replace(/\D/g, ""))}
      />
      {wrong !== null && (
        <p class="error" id={`${id}-wrong`} role="alert">
          <Icon name="advarsel" />
          <span>{wrong}</span>
        </p>
      )}
    </div>
  );
}
