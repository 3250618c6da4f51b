/** Screens that are fetched when they are first wanted, so that the first start is light. */

import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { outSince, probe } from "../api/client";
import { Failed, Loading } from "../ui/states";
import { strings } from "./preferences";

type Screen = () => JSX.Element;

export interface Later {
  Screen: Screen;
  /** Fetches it before anybody asks. What fails here is tried again when the screen is opened. */
  ahead: () => Promise<void>;
}

export function later(fetchScreen: () => Promise<Screen>): Later {
  const fetched = signal<Screen | null>(null);
  const failedAt = signal<Date | null>(null);
  const ahead = async (): Promise<void> => {
    fetched.value ??= await fetchScreen().catch(() => null);
  };
  const open = async (): Promise<boolean> => {
    failedAt.value = null;
    await ahead();
    if (fetched.value === null) failedAt.value = new Date();
    return fetched.value !== null;
  };
  return { Screen: () => <Awaited screen={fetched.value} failedAt={failedAt.value} open={open} />, ahead };
}

interface AwaitedProps {
  screen: Screen | null;
  failedAt: Date | null;
  open: () => Promise<boolean>;
}

function Awaited({ screen: Known, failedAt, open }: AwaitedProps): JSX.Element {
  const words = strings.value;
  useEffect(() => {
    if (Known === null) void open();
  }, []);
  if (Known !== null) return <Known />;
  if (failedAt === null) return <Loading text={words.loading.screen} />;
  const failure = { kind: "unreachable", code: "screen", status: null, at: failedAt } as const;
  return <Failed title={words.failed.screen} page={words.app.name} failure={failure} retry={() => void again(open)} />;
}

/**
 * Fetches it again; true when it came. When it does not come though the server answers, the page is begun anew: some
 * browsers remember that a part did not come, and a new edition has other parts.
 */
export async function again(open: () => Promise<boolean>): Promise<void> {
  if (await open()) return;
  await probe();
  if (outSince.value === null) location.reload();
}
