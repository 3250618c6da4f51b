/** Sends one act at a time, and keeps what went wrong with a way to try again. */

import { useRef, useState } from "preact/hooks";
import type { Failure } from "../api/client";
import { loadConsents } from "../app/record";
import { isSettled } from "./acts";

export interface Sending {
  isBusy: boolean;
  failure: Failure | null;
  /** Does it, unless something is under way; a second tap is then no second act. */
  send: (act: () => Promise<Failure | null>) => Promise<Failure | null>;
  /** The same act once more; or a look at how things stand, where the server has settled it otherwise. */
  retry: () => void;
}

export function useSending(): Sending {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isUnderWay = useRef(false);
  const last = useRef<(() => Promise<Failure | null>) | null>(null);
  const send = async (act: () => Promise<Failure | null>): Promise<Failure | null> => {
    if (isUnderWay.current) return null;
    isUnderWay.current = true;
    last.current = act;
    setBusy(true);
    setFailure(null);
    const failed = await act();
    isUnderWay.current = false;
    setBusy(false);
    setFailure(failed);
    return failed;
  };
  const retry = (): void => {
    if (failure !== null && isSettled(failure)) void loadConsents();
    else if (last.current !== null) void send(last.current);
  };
  return { isBusy, failure, send, retry };
}
