/** When a page looks for what is new: at once when there is reason to, now and then otherwise, and later when it failed. */

import type { Outcome } from "./port";
import { waitAfter } from "./rules";

/** Between two looks while all is well, in milliseconds. */
const EVERY = 60_000;
const FAILED: ReadonlySet<Outcome> = new Set(["unreachable", "no_room", "refused"]);

export class Keeping {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private failures = 0;
  private isResting = false;
  private failed = false;

  /** `look` asks, and is not asked again before it has come back. */
  constructor(private readonly look: () => Promise<void>) {}

  /** The page came to sight, or the net came back. */
  now(): void {
    this.isResting = false;
    this.failures = 0;
    this.plan(0);
  }

  /** The page is out of sight: nobody reads it. */
  rest(): void {
    this.isResting = true;
    this.stop();
  }

  /** How the last contact ended. */
  heard(outcome: Outcome | null): void {
    this.failed = outcome !== null && FAILED.has(outcome);
  }

  private plan(wait: number): void {
    this.stop();
    this.timer = setTimeout(() => void this.lookOnce(), wait);
  }

  private stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private async lookOnce(): Promise<void> {
    this.failed = false;
    try {
      await this.look();
    } catch {
      // Storage that does not answer: the next look may find it well again.
      this.failed = true;
    }
    if (this.isResting) return;
    this.failures = this.failed ? this.failures + 1 : 0;
    this.plan(this.failed ? waitAfter(this.failures, Math.random()) : EVERY);
  }
}
