/** The English words about a yes or a block that Nærblik lost. */

import type { da } from "./lost.strings.da";

export const en: typeof da = {
  yes: {
    title: "Your yes was lost.",
    what: (when: string): string => `You said yes ${when}. Since then Nærblik had to go back to an older backup, and your yes is not in it.`,
    safe: "Nobody can see anything because of that yes. Your information is still here.",
    next: "If you still want to say yes, answer again. You may be asked to show who you are.",
    go: "Answer again",
  },
  block: {
    title: "Your block was lost.",
    what: (when: string): string => `You set a block ${when}. Since then Nærblik had to go back to an older backup, and the block is not in it.`,
    safe: "It does not work now. Whoever you blocked can again see what a consent allows. My Log tells who has seen anything.",
    next: "If it should still hold, set it again.",
    go: "Block again",
  },
  asked: "Who asked",
  gone: "The question is not here any more. If you still want to say yes, the place has to ask you again.",
  putAway: "I have read this",
};
