/** The words about the copy in the language in use. They come with its screens, and not with the first start. */

import { computed } from "@preact/signals";
import { language } from "../app/preferences";
import { da } from "./strings.da";
import { en } from "./strings.en";

export const copyWords = computed(() => (language.value === "en" ? en : da));
