/** A question over the page: what happens then, and two answers. Esc and the second answer leave everything as it was. */

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface DialogProps {
  question: string;
  yes: string;
  no: string;
  /** What the first button says while the answer is under way; null when none is. */
  busy: string | null;
  act: () => void;
  close: () => void;
  children: ComponentChildren;
}

export function Dialog({ question, yes, no, busy, act, close, children }: DialogProps): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  // What is under way cannot be called back, so the question stands until it is settled.
  const leave = (): void => {
    if (busy === null) close();
  };
  useEffect(() => {
    const opener = document.activeElement;
    box.current?.showModal();
    // Closed by being taken away, it does not give the focus back by itself.
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog
      class="dialog"
      ref={box}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        leave();
      }}
    >
      <h2 id={id} tabIndex={-1} autofocus>
        {question}
      </h2>
      {children}
      <div class="stack">
        <button class="btn btn--stop btn--full" type="button" aria-busy={busy !== null} onClick={act}>
          {busy ?? yes}
        </button>
        <button class="btn btn--line btn--full" type="button" aria-disabled={busy !== null} onClick={leave}>
          {no}
        </button>
      </div>
    </dialog>
  );
}
