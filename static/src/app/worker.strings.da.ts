/** Danish words about editions of the app. */

export const worker = { isNew: "Der er en ny udgave.", switchNow: "Skift nu", switching: "Skifter …" };
