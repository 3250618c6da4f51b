/** The English words about marked doses. */

import type { da } from "./mark.strings.da";

export const en: typeof da = {
  of: (name: string): string => `Have you taken ${name}?`,
  taken: "Taken",
  skipped: "Skipped",
  takenAt: (time: string): string => `Taken at ${time}`,
  notSent: (said: string): string => `${said}, not sent`,
  none: "No answer",
  undo: "Undo",
  undoOf: (name: string): string => `Undo, ${name}`,
  time: "Correct the time",
  timeOf: (name: string): string => `Correct the time, ${name}`,
  when: "When did you take it?",
  save: "Keep the time",
  leave: "Leave the time",
  ahead: "That time has not come yet. Write when you took it.",
  busy: "Keeping …",
  failed: "Your mark was not kept.",
  failedUndo: "The mark was not undone.",
  differs: "Different things were said about this dose.",
  differsWhy: "All answers stand here. Undo the one that is not right. If in doubt, call your doctor or pharmacy before you take more.",
  several: "Several answers were given about this dose.",
  notFetched: "We could not fetch what you answered about your doses.",
  you: "You",
  another: "Somebody else",
  says: (who: string, what: string): string => `${who}: ${what}`,
  history: "Your answers of the last 7 days",
  historyNone: "You have not answered in the last 7 days.",
  answered: "Answered",
  lead: (done: number, of: number): string => `You have answered about ${done} of ${of}.`,
};
