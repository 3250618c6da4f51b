/** The English words of a copy that is unlocked and may not be read now. */

import type { da } from "./held.strings.da";

export const en: typeof da = {
  page: "The copy is locked",
  titles: {
    lease: "Your copy waits for a connection.",
    clock: "Your copy waits for a connection.",
    closed: "Your copy waits for a connection.",
    none: "Your copy has not been fetched yet.",
  },
  loginTitle: "Log in to open your copy.",
  happened: {
    lease: "The phone has been without a connection for too long. Then the copy locks, as what it shows may be out of date.",
    clock: "The phone's clock was set back. Then we do not know how old the copy is, and we do not show it.",
    closed: "The access is being checked at Nærblik. Meanwhile we do not show the copy.",
    none: "The phone lost its connection before the copy came.",
  },
  isKept: "No. The copy is still here, locked.",
  isSafe: "No. Your information is at Nærblik as it was.",
  waits: (n: number): string => (n === 1 ? "1 thing that you did here is not sent yet. It lies here and will be sent." : `${n} things that you did here are not sent yet. They lie here and will be sent.`),
  advice: "See to it that the phone has a connection, and that its clock is right. Then the copy opens by itself.",
  adviceNow: {
    login: "Log in. Then we fetch what is new, and the copy opens.",
    no_room: "There is no room on the phone. Delete something else and try again.",
    refused: "Nærblik would not take it. Close the app and open it again, so that it is new.",
  },
  again: "Try again now",
  busy: "Fetching …",
  login: "Log in",
  without: "Log in without the copy",
  beside: {
    owner: { title: "Have you forgotten the PIN?", why: "Then delete the copy, and make a new one with a new code." },
    another: {
      title: "The copy here is not yours.",
      why: "There can be only one copy on each phone. If the other one unlocks it, you are logged out. If the phone is yours now, delete the copy and make your own.",
    },
  },
};
