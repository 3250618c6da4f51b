/** The screens of the copy: made, as it stands, and locked. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { copy, copying, isLost, lockNow, openCopy } from "../app/copied";
import { session } from "../app/record";
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
  // Looked at before the copy's code is fetched, which makes a store.
  const [wasLost] = useState(isLost(session.value.state === "ready" && session.value.value.has_device));
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
  return <SetUp isAgain={wasLost} />;
}
