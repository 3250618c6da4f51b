/** The Danish words about answering an appointment. */

export const da = {
  question: "Kommer du?",
  changeQuestion: "Hvad vil du svare nu?",
  loading: "Henter dit svar …",
  failedToLoad: "Vi kunne ikke hente dit svar.",
  choices: { coming: "Jeg kommer", move: "Bed om en anden tid", cannot: "Jeg kan ikke komme" },
  given: { coming: "Du har svaret, at du kommer.", move: "Du har bedt om en anden tid.", cannot: "Du har svaret, at du ikke kan komme." },
  wish: "Hvornår passer det bedre?",
  wishHint: "Skriv kun, hvad de skal vide. Du kan også lade feltet stå tomt.",
  sendWish: "Send ønsket",
  busy: "Sender dit svar …",
  notSent: "Dit svar er ikke sendt.",
  yourWords: (text: string): string => `Du skrev: ”${text}”`,
  outdated: "Aftalen er ændret, siden du svarede.",
  change: "Ret dit svar",
  again: "Svar igen",
  keep: "Behold svaret",
  thePlace: "stedet",
  goesTo: (name: string): string => `Dit svar går til ${name}. Tiden er din, indtil de har bekræftet en ændring.`,
  byPhone: "Kan du ikke komme?",
  byPhoneWhy: "Denne aftale kan ikke besvares her. Ring til stedet.",
};
