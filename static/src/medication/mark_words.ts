/** The words about marking doses in the language in use. They come with its buttons, and not with the first start. */

import { computed } from "@preact/signals";
import { language } from "../app/preferences";
import { da } from "./marking.strings.da";
import { en } from "./marking.strings.en";

export const markWords = computed(() => (language.value === "en" ? en : da));
