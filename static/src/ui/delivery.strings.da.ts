/** The Danish words about a message on its way. */

export const da = {
  waiting: "Bliver sendt",
  sent: "Sendt",
  received: "Modtaget",
  answered: "Besvaret",
  rejected: "Afvist",
  failed: "Kunne ikke sendes",
  why: {
    waiting: "Vi bliver ved med at prøve. Du kan trygt lukke appen.",
    sent: "Vi venter på, at de bekræfter.",
    received: "De har fået det, men ikke svaret endnu.",
    answered: "De har svaret.",
    failed: "De har ikke fået det. Ring til dem, eller prøv igen.",
  },
  today: (time: string): string => `I dag kl.\u00a0${time}.`,
  on: (day: string, time: string): string => `${day[0]?.toUpperCase() ?? ""}${day.slice(1)} kl.\u00a0${time}.`,
};
