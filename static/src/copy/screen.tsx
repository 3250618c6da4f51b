/** The screens of the copy: made, as it stands, and locked. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { copy, copying, lockNow, openCopy } from "../app/copied";
import { Aside, Back, Blik } from "../ui/parts";
import { Loading } from "../ui/states";
import { SetUp } from "./setup";
import { State } from "./state";
import { copyWords } from "./strings";
import { UnlockScreen } from "./unlock";

export { DevicesScreen } from "./devices";
export { UnlockScreen } from "./unlock";

export function CopyScreen(): JSX.Element {
  const words = copyWords.value;
  useEffect(() => void openCopy(), []);
  const lock = lockNow();
  if (copying.value === "failed") {
    return (
      <>
        <Back href="/mere">{words.back}</Back>
        <Blik title={words.failed} page={words.name} />
        <Aside icon="info" title={words.name} text={words.cannot} />
      </>
    );
  }
  if (copy.value === null || lock === null) return <Loading text={words.loading} />;
  if (lock.lock === "open") return <State />;
  if (lock.lock === "closed" || lock.lock === "ended") return <UnlockScreen />;
  return <SetUp isAgain={lock.lock === "evicted"} />;
}
