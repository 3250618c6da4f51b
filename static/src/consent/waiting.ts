/** The questions that wait for the citizen's answer. In the first start too: the bar and I dag count them. */

import type { ConsentRequest, Consents } from "../api/types";

/** Not answered, and the time that it asks about is not over. `today` is a civil date. */
export function isWaiting(asked: ConsentRequest, today: string): boolean {
  return asked.answer === null && asked.last_day >= today;
}

export function waitingOf(consents: Consents, today: string): ConsentRequest[] {
  return consents.requests.filter((each) => isWaiting(each, today));
}
