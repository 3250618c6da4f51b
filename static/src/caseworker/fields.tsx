/** Fields of the desk: a label above, a hint, and what is wrong below. */

import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import type { StaffText } from "../api/types";
import { language } from "../app/preferences";
import { Icon } from "../ui/icon";
import { deskWords } from "./strings";

interface FieldProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: string;
  change: (value: string) => void;
}

interface InputProps extends FieldProps {
  type?: "text" | "date";
  isNumber?: boolean;
  longest?: number;
}

export function Input({ label, hint, error, value, change, type = "text", isNumber = false, longest }: InputProps): JSX.Element {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        {...(type === "date" ? ({ type: "date" } as const) : ({ type: "text" } as const))}
        inputMode={isNumber ? "numeric" : undefined}
        autoComplete="off"
        spellcheck={false}
        maxLength={longest}
        required
        aria-invalid={error !== undefined}
        aria-describedby={described || undefined}
        value={value}
        onInput={(event) => change(event.currentTarget.value)}
      />
      {hint && (
        <p class="small" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field__error" id={`${id}-error`}>
          <Icon name="advarsel" />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}

interface FileFieldProps {
  label: string;
  hint: string;
  error?: string | undefined;
  change: (file: File | null) => void;
}

/** A document on this machine; what is done with it is the caller's. */
export function FileField({ label, hint, error, change }: FileFieldProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="file"
        required
        aria-invalid={error !== undefined}
        aria-describedby={[`${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ")}
        onChange={(event) => change(event.currentTarget.files?.[0] ?? null)}
      />
      <p class="small" id={`${id}-hint`}>
        {hint}
      </p>
      {error && (
        <p class="field__error" id={`${id}-error`}>
          <Icon name="advarsel" />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}

export function Select({ label, value, change, children }: FieldProps & { children: ComponentChildren }): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => change(event.currentTarget.value)}>
        {children}
      </select>
    </div>
  );
}

interface TextChoiceProps {
  listed: StaffText[];
  text: StaffText;
  purpose: string;
  choose: (text: string, purpose: string) => void;
}

/** Which consent, and for which purpose where its text has more than one. */
export function TextChoice({ listed, text, purpose, choose }: TextChoiceProps): JSX.Element {
  const words = deskWords.value;
  const purposeOf = (id: string): string => listed.find((each) => each.id === id)?.purposes[0] ?? "";
  return (
    <>
      <Select label={words.field.text} value={text.id} change={(id) => choose(id, purposeOf(id))}>
        {listed.map((each) => (
          <option key={each.id} value={each.id}>
            {each.texts[language.value].name}
          </option>
        ))}
      </Select>
      {text.purposes.length > 1 && (
        <Select label={words.field.purpose} value={purpose} change={(chosen) => choose(text.id, chosen)}>
          {text.purposes.map((each) => (
            <option key={each} value={each}>
              {words.purposes[each] ?? each}
            </option>
          ))}
        </Select>
      )}
    </>
  );
}
