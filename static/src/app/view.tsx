/** Sprog og visning: language, look and size of the letters. */

import type { JSX } from "preact";
import { Aside, Back, Blik } from "../ui/parts";
import { Picks } from "../ui/picks";
import { chooseLanguage, chooseSize, chooseTheme, language, moreName, size, strings, theme } from "./preferences";

export function ViewScreen(): JSX.Element {
  const words = strings.value.more.view;
  return (
    <>
      <Back href="/mere">{moreName.value}</Back>
      <Blik title={words.title} page={words.name} lead={words.kept} />
      <section>
        <Picks
          name="language"
          legend={words.language}
          options={[
            ["da", words.danish, "da"],
            ["en", words.english, "en"],
          ]}
          chosen={language.value}
          choose={(chosen) => void chooseLanguage(chosen)}
        />
      </section>
      <section>
        <Picks
          name="theme"
          legend={words.look}
          options={[
            ["phone", words.phone],
            ["light", words.light],
            ["dark", words.dark],
          ]}
          chosen={theme.value}
          choose={chooseTheme}
        />
      </section>
      <section>
        <Picks
          name="size"
          legend={words.size}
          options={[
            ["normal", words.normal],
            ["large", words.large],
          ]}
          chosen={size.value}
          choose={chooseSize}
        />
      </section>
      <Aside icon="info" title={words.motion} text={words.motionWhy} />
    </>
  );
}
