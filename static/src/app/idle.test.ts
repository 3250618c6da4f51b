import { afterEach, expect, test, vi } from "vitest";
import type { Copy } from "../sync/port";
import { lockWhenIdle } from "./idle";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test.each([
  [5 * 60_000 - 1, 0],
  [5 * 60_000, 1],
  [8 * 3_600_000, 1],
])("touched after %i ms, in which the machine slept and no timer ran, it is locked %i times", (slept, times) => {
  vi.useFakeTimers({ now: 0 });
  const hear = new Map<string, () => void>();
  vi.stubGlobal("addEventListener", (sign: string, heard: () => void) => hear.set(sign, heard));
  vi.stubGlobal("document", { visibilityState: "visible", addEventListener: () => undefined });
  const close = vi.fn();
  lockWhenIdle({ lock: () => ({ lock: "open" }), close } as unknown as Copy);

  vi.setSystemTime(slept);
  hear.get("pointerdown")!();
  expect(close).toHaveBeenCalledTimes(times);
});

test("a clock that is set back neither locks it nor keeps it open for ever", () => {
  vi.useFakeTimers({ now: 10 * 60_000 });
  const hear = new Map<string, () => void>();
  vi.stubGlobal("addEventListener", (sign: string, heard: () => void) => hear.set(sign, heard));
  vi.stubGlobal("document", { visibilityState: "visible", addEventListener: () => undefined });
  const close = vi.fn();
  lockWhenIdle({ lock: () => ({ lock: "open" }), close } as unknown as Copy);

  vi.setSystemTime(0);
  vi.advanceTimersByTime(5 * 60_000);
  expect(close).toHaveBeenCalledTimes(0);
  vi.advanceTimersByTime(30_000);
  expect(close).toHaveBeenCalled();
});
