/** The English words about marking doses. They come with its buttons. */

import type { da } from "./marking.strings.da";

export const en: typeof da = {
  of: (name: string): string => `Have you taken ${name}?`,
  taken: "Taken",
  skipped: "Skipped",
  takenAt: (time: string): string => `Taken at ${time}`,
  notSent: (said: string): string => `${said}, not sent`,
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
  you: "You",
  another: "Somebody else",
  says: (who: string, what: string): string => `${who}: ${what}`,
  history: "Your answers of the last 7 days",
  historyNone: "You have not answered in the last 7 days.",
  told: {
    taken: (n: number, name: string): string => (n === 1 ? `${name} is marked as taken.` : `${n} doses are marked as taken.`),
    skipped: (n: number, name: string): string => (n === 1 ? `${name} is marked as skipped.` : `${n} doses are marked as skipped.`),
  },
  toldTime: "The time is corrected.",
  toldUndone: "The mark is undone.",
  all: (n: number): string => (n === 2 ? "Both are taken" : `All ${n} are taken`),
  others: (n: number): string => `The ${n} others are taken`,
};
