/** What stands before the app while the copy is unlocked and may not be read: why, what is safe, and the ways on. */

import { computed } from "@preact/signals";
import type { JSX } from "preact";
import { atDoor, copyNow } from "../app/copied";
import { language, strings } from "../app/preferences";
import { wishFocus } from "../app/router";
import { Mark } from "../ui/brand";
import { Icon } from "../ui/icon";
import { Blik } from "../ui/parts";
import { Three } from "../ui/states";
import { da } from "./held.strings.da";
import { en } from "./held.strings.en";
import { type HeldBy, heldBy } from "./rules";
import { copyWords } from "./strings";

export const heldWords = computed(() => (language.value === "en" ? en : da));

export function HeldScreen(): JSX.Element {
  const words = heldWords.value;
  const copy = copyNow()!;
  const { lastTry, running } = copy.sync();
  const outcome = lastTry?.outcome ?? null;
  const needsLogin = outcome === "login";
  const by = heldBy(copy.spaces()) ?? "none";
  return (
    <>
      <div class="door__brand">
        <Mark />
        {strings.value.app.name}
      </div>
      <Blik title={needsLogin ? words.loginTitle : words.titles[by]} page={words.page} />
      <section class="card">
        <h2 class="unseen">{strings.value.failed.nextTitle}</h2>
        <Three answers={[words.happened[by], safeWords(by, copy.waiting()), words.adviceNow[outcome ?? ""] ?? words.advice]} />
      </section>
      {needsLogin && <ToLogin text={words.login} look="btn" />}
      <button class={`btn btn--full ${needsLogin ? "btn--line" : ""}`} type="button" aria-busy={running} onClick={() => void copy.refresh()}>
        <Icon name="igen" />
        {running ? words.busy : words.again}
      </button>
      <div class="door__foot">
        {!needsLogin && <ToLogin text={words.without} look="link" />}
        <button class="link" type="button" onClick={() => [wishFocus(), copy.close()]}>
          {copyWords.value.state.close}
        </button>
      </div>
    </>
  );
}

function ToLogin({ text, look }: { text: string; look: "btn" | "link" }): JSX.Element {
  return (
    <button class={look === "btn" ? "btn btn--full" : "link"} type="button" onClick={() => [wishFocus(), (atDoor.value = true)]}>
      {look === "btn" && <Icon name="laas" />}
      {text}
    </button>
  );
}

function safeWords(by: HeldBy, waiting: number): string {
  const words = heldWords.value;
  const kept = by === "none" ? words.isSafe : words.isKept;
  return waiting > 0 ? `${kept} ${words.waits(waiting)}` : kept;
}
