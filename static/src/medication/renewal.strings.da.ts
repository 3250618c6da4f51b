/** The Danish words about asking for a new prescription, printing and reading aloud. */

export const da = {
  ask: "Bed om ny recept",
  askAgain: "Bed om ny recept igen",
  asked: "Du har bedt om en ny recept",
  loading: "Ser efter, om du har bedt om en recept …",
  failedToLoad: "Vi kunne ikke se, om du har bedt om en recept.",
  note: "Besked til lægen",
  noteHint: "Du kan lade feltet stå tomt. Haster det, så ring.",
  send: "Send ønsket",
  busy: "Sender dit ønske …",
  cancel: "Fortryd",
  notSent: "Dit ønske er ikke sendt.",
  yourWords: (text: string): string => `Du skrev: ”${text}”`,
  who: "Din læge svarer. Du kan følge svaret her.",
  print: "Udskriv",
  printed: (name: string, day: string, time: string): string => `${name}. Udskrevet fra Nærblik ${day} kl.\u00a0${time}.`,
  aloud: "Læs højt",
  quiet: "Stop oplæsning",
};
