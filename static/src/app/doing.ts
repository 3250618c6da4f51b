/** How what a person does goes: through the open copy, which keeps it until it is sent, or at once to the server. */

import type { AnswerGiven, NoteGiven } from "../api/types";
import { midOf } from "../sync/queued";
import type { Slot, Told } from "../medication/mark_rules";
import type { Copy } from "../sync/port";

/** Each is kept for good when its promise is fulfilled; the screens then show it as waiting. */
export interface Doing {
  answer(appointment: string, given: Omit<AnswerGiven, "message_id">): Promise<void>;
  askRenewal(medication: string, note: string | null): Promise<void>;
  writeNote(id: string, given: NoteGiven): Promise<void>;
  removeNote(id: string, version: string | null): Promise<void>;
  endConsent(grantId: string): Promise<void>;
  markDose(slot: Slot, told: Told): Promise<void>;
  /** Takes a mark back, also one that is on its way. */
  undoMark(key: string): Promise<void>;
}

/** Through the copy of this space. */
export function through(copy: Copy, space: string): Doing {
  const act = async (name: string, args: Record<string, unknown>, precondition: string | null = null): Promise<void> => {
    await copy.act(space, name, args, precondition);
  };
  return {
    answer: (appointment, { said, wish, version }) => act("appointment:answer", { appointment, said, wish: wish ?? null }, version),
    askRenewal: (medication, note) => act("renewal:ask", { medication, note }),
    writeNote: (id, { version, about, about_key, kind, text, done }) =>
      act("note:write", { id, about, about_key, kind, text, done: done ?? false }, version ?? null),
    removeNote: (id, version) => act("note:remove", { id }, version),
    endConsent: (grant_id) => act("consent:withdraw", { grant_id }),
    // Without an amount it is said as it always was, so that it is the same act also for a server that knows no other.
    markDose: (slot, { said, at, quantity, unit }) => act("dose:mark", quantity === null ? { ...slot, said, at } : { ...slot, said, at, quantity, unit }),
    undoMark: async (key) => {
      const mid = midOf(key);
      if (mid === null) await act("dose:undo", { mark: key });
      // What was never sent goes; what may have arrived is taken back by its number, as its key is not known here yet.
      else if (!(await copy.takeBack(mid))) await act("dose:undo", { of: mid });
    },
  };
}
