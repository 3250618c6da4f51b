/** The English words about the marks of a day, as far as the first screen needs them. */

import type { da } from "./mark.strings.da";

export const en: typeof da = {
  none: "No answer",
  notFetched: "We could not fetch what you answered about your doses.",
  answered: "Answered",
  lead: (done: number, of: number): string => `You have answered about ${done} of ${of}.`,
  noButtons: "We could not fetch what you mark your doses with.",
  noNight: "We could not fetch the doses of the night.",
  sinceYesterday: "since yesterday",
};
