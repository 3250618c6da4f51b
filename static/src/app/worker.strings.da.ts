/** Danish words about editions of the app, and about the net. */

export const worker = {
  isNew: "Der er en ny udgave.",
  switchNow: "Skift nu",
  switching: "Skifter …",
  noNet: "Ingen forbindelse.",
  noNetWhy: "Vi prøver selv igen. Det, du ser, kan være ændret.",
  noNetBefore: "Vi prøver selv igen.",
};
