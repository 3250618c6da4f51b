/** The Danish words about the marks of a day, as far as the first screen needs them. */

export const da = {
  none: "Intet svar",
  notFetched: "Vi kunne ikke hente, hvad du har svaret om dine doser.",
  answered: "Besvaret",
  lead: (done: number, of: number): string => `Du har svaret om ${done} af ${of}.`,
  noButtons: "Vi kunne ikke hente det, du markerer dine doser med.",
  noNight: "Vi kunne ikke hente nattens doser.",
  sinceYesterday: "siden i går",
};
