/** The words about consents in the language in use. They come with the screens of consent, and not with the first start. */

import { computed } from "@preact/signals";
import { language } from "../app/preferences";
import { da } from "./strings.da";
import { en } from "./strings.en";

export const consentWords = computed(() => (language.value === "en" ? en : da));
