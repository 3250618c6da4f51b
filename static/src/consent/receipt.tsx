/** A receipt to keep: saved as a file, shared where the phone can, else copied. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ConsentEvent } from "../api/types";
import { civilDate } from "../ui/dates";
import { Icon } from "../ui/icon";
import { consentWords } from "./strings";

/** How long a file made here is kept for the browser to save, in milliseconds. */
const KEPT = 60_000;

export function ReceiptButtons({ event }: { event: ConsentEvent }): JSX.Element {
  const words = consentWords.value.own;
  const [said, setSaid] = useState("");
  const canShare = "share" in navigator;
  const passOn = async (): Promise<void> => {
    try {
      if (canShare) await navigator.share(shared(event));
      else await navigator.clipboard.writeText(event.receipt);
      setSaid(canShare ? "" : words.copied);
    } catch (error) {
      // Whoever closes the phone's own choice has changed their mind, and nothing is wrong.
      if (!(error instanceof DOMException && error.name === "AbortError")) setSaid(words.notShared);
    }
  };
  const keep = (): void => {
    save(event);
    setSaid(words.saved);
  };
  return (
    <>
      <div class="acts">
        <button class="btn btn--line" type="button" onClick={keep}>
          <Icon name="hent" />
          {words.save}
        </button>
        <button class="btn btn--line" type="button" onClick={() => void passOn()}>
          <Icon name={canShare ? "ud" : "note"} />
          {canShare ? words.share : words.copy}
        </button>
      </div>
      <p class="small said" role="status">
        {said}
      </p>
    </>
  );
}

/** As a file where the phone shares files, else as text. */
function shared(event: ConsentEvent): ShareData {
  const title = consentWords.value.own.shareTitle;
  const files = [fileOf(event)];
  return "canShare" in navigator && navigator.canShare({ files }) ? { title, files } : { title, text: event.receipt };
}

function save(event: ConsentEvent): void {
  const file = fileOf(event);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}

/** Text, as phones share that and know no type of ours. */
function fileOf(event: ConsentEvent): File {
  const name = `${consentWords.value.own.file}-${civilDate(new Date(event.at))}-${event.kind}.txt`;
  return new File([`${event.receipt}\n`], name, { type: "text/plain" });
}
