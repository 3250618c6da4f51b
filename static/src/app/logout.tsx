/** Buttons that log out: the quiet one of the top line, and those of Mere. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../ui/icon";
import { Aside } from "../ui/parts";
import { strings } from "./preferences";
import { logOut } from "./entering";

interface LogOutProps {
  text: string;
  where?: "here" | "everywhere";
  look: string;
}

/** Logs out. While it runs the button says so; when the server was not told, it says that one is still logged in. */
export function LogOut({ text, where = "here", look }: LogOutProps): JSX.Element {
  const words = strings.value.app;
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const leave = async (): Promise<void> => {
    if (state === "busy") return;
    setState("busy");
    if ((await logOut(where)) !== null) setState("failed");
  };
  return (
    <>
      <button class={look} type="button" aria-busy={state === "busy"} onClick={() => void leave()}>
        <Icon name="ud" />
        {state === "busy" ? words.loggingOut : text}
      </button>
      {state === "failed" && (
        <div role="alert">
          <Aside icon="advarsel" title={strings.value.failed.whatHappened} text={words.logOutFailed} tone="note" />
        </div>
      )}
    </>
  );
}
