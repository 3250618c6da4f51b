/** Why a question did not come through, in words for the caseworker; `told` are the words of one's own for some codes. */

import type { JSX } from "preact";
import type { Failure } from "../api/client";
import { Aside } from "../ui/parts";
import { deskWords } from "./strings";

export function Wrong({ failure, told: own = {} }: { failure: Failure; told?: Partial<Record<string, string>> }): JSX.Element {
  const words = deskWords.value.wrong;
  const told: Partial<Record<string, string>> = {
    too_many: words.too_many,
    not_allowed: words.not_allowed,
    invalid: words.invalid,
    conflict: words.conflict,
    ...own,
  };
  return (
    <div role="alert">
      <Aside icon="advarsel" title={words.title} text={told[failure.code] ?? words.other} tone="note" />
    </div>
  );
}
