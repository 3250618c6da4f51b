/** Where the focus goes when what had it goes from the screen. */

import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * Whoever goes by keys stays in a part of the screen when the button they pressed goes and something else comes: the
 * focus moves to its first field, else its first button. Gives the reference for that part.
 */
export function useFocusKept(): { current: HTMLDivElement | null } {
  const part = useRef<HTMLDivElement>(null);
  const wasWithin = part.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (!wasWithin || document.activeElement !== document.body) return;
    const within = part.current;
    (within?.querySelector<HTMLElement>("input") ?? within?.querySelector<HTMLElement>("button"))?.focus();
  });
  return part;
}
