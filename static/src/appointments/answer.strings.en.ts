/** The English words about answering an appointment. */

import type { da } from "./answer.strings.da";

export const en: typeof da = {
  question: "Are you coming?",
  changeQuestion: "What is your answer now?",
  loading: "Fetching your answer …",
  failedToLoad: "We could not fetch your answer.",
  choices: { coming: "I am coming", move: "Ask for another time", cannot: "I cannot come" },
  given: { coming: "You answered that you are coming.", move: "You asked for another time.", cannot: "You answered that you cannot come." },
  wish: "When would suit you better?",
  wishHint: "Write only what they need to know. You may leave it empty.",
  sendWish: "Send the wish",
  busy: "Sending your answer …",
  notSent: "Your answer has not been sent.",
  yourWords: (text: string): string => `You wrote: “${text}”`,
  outdated: "The appointment has changed since you answered.",
  change: "Change your answer",
  again: "Answer again",
  keep: "Keep the answer",
  thePlace: "the place",
  goesTo: (name: string): string => `Your answer goes to ${name}. The time is yours until they have confirmed a change.`,
  byPhone: "Cannot come?",
  begun: "The time has come, so you cannot answer here any more. Call the place.",
  byPhoneWhy: "This appointment cannot be answered here. Call the place.",
};
