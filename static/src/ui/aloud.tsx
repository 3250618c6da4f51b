/** A button that has the phone read a text aloud, in Danish as the sources write; nothing where the phone has no voice. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { strings } from "../app/preferences";
import { Icon } from "./icon";

export function ReadAloud({ text }: { text: string }): JSX.Element | null {
  const words = strings.value.renewal;
  const [isReading, setReading] = useState(false);
  useEffect(() => () => speechSynthesisOrNull()?.cancel(), []);
  const voice = speechSynthesisOrNull();
  if (voice === null) return null;
  const press = (): void => {
    voice.cancel();
    if (isReading) {
      setReading(false);
      return;
    }
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.lang = "da-DK";
    spoken.onend = spoken.onerror = () => setReading(false);
    setReading(true);
    voice.speak(spoken);
  };
  return (
    <button class="btn btn--line btn--full noprint" type="button" aria-pressed={isReading} onClick={press}>
      <Icon name="hoejt" />
      {isReading ? words.quiet : words.aloud}
    </button>
  );
}

function speechSynthesisOrNull(): SpeechSynthesis | null {
  return "speechSynthesis" in window ? window.speechSynthesis : null;
}
