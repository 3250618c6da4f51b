/** The words of the desk in the language in use. They come with the desk, and not with the first start. */

import { computed } from "@preact/signals";
import { language } from "../app/preferences";
import { da } from "./strings.da";
import { en } from "./strings.en";

export const deskWords = computed(() => (language.value === "en" ? en : da));
