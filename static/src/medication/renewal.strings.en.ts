/** The English words about asking for a new prescription, printing and reading aloud. */

import type { da } from "./renewal.strings.da";

export const en: typeof da = {
  ask: "Ask for a new prescription",
  askAgain: "Ask for a new prescription again",
  asked: "You have asked for a new prescription",
  loading: "Looking whether you have asked for a prescription …",
  failedToLoad: "We could not see whether you have asked for a prescription.",
  note: "Message to the doctor",
  noteHint: "You may leave it empty. If it is urgent, call.",
  send: "Send the wish",
  busy: "Sending your wish …",
  cancel: "Undo",
  notSent: "Your wish has not been sent.",
  yourWords: (text: string): string => `You wrote: “${text}”`,
  who: "Your doctor answers. You can follow the answer here.",
  print: "Print",
  printed: (name: string, day: string, time: string): string => `${name}. Printed from Nærblik ${day} at ${time}.`,
  aloud: "Read aloud",
  quiet: "Stop reading",
};
