/** Language, look and size: the phone's wish until the person chooses. Kept in this browser; nothing about persons is. */

import { computed, signal } from "@preact/signals";
import type { Language } from "./language";
import { da, type Strings } from "./strings.da";

export type { Language };
export type Theme = "phone" | "light" | "dark";
export type Size = "normal" | "large";

export const language = signal<Language>("da");
export const theme = signal<Theme>(themeOf(kept("theme")));
export const size = signal<Size>(kept("size") === "large" ? "large" : "normal");

/** Letters of this size on the phone, in pixels, are larger than most have. */
const LARGE_ON_PHONE = 20;

/** Whether to ask who has large letters on the phone whether they want this page large too: until they have chosen. */
export const offersLarge = signal(kept("size") === null && rootSize() >= LARGE_ON_PHONE);

/** English comes when it is first chosen: most never need it, and the first start is lighter without. */
const english = signal<Strings | null>(null);

/** The words of the language in use. */
export const strings = computed(() => (language.value === "en" && english.value !== null ? english.value : da));

/** What the place of all that is not for every day is called: where the letters are large, everything lies in it. */
export const moreName = computed(() => (size.value === "large" ? strings.value.more.menu : strings.value.more.name));

/** Chooses a language and remembers it. Without its words, as in a first start without a net, nothing changes. */
export async function chooseLanguage(chosen: Language): Promise<void> {
  if (chosen === "en" && english.value === null) {
    try {
      english.value = (await import("./strings.en")).en;
    } catch {
      return;
    }
  }
  language.value = chosen;
  keep("language", chosen);
  apply();
}

/** Takes up the language that was chosen in this browser before. */
export async function recall(): Promise<void> {
  if (kept("language") === "en") await chooseLanguage("en");
}

/** Chooses a look and remembers it. */
export function chooseTheme(chosen: Theme): void {
  theme.value = chosen;
  keep("theme", chosen);
  apply();
}

/** Chooses a size of the letters and remembers it. */
export function chooseSize(chosen: Size): void {
  size.value = chosen;
  offersLarge.value = false;
  keep("size", chosen);
  apply();
}

/** Puts the choices on the page itself. */
export function apply(): void {
  const root = document.documentElement;
  root.lang = language.value;
  if (theme.value === "phone") delete root.dataset["theme"];
  else root.dataset["theme"] = theme.value;
  if (size.value === "normal") delete root.dataset["size"];
  else root.dataset["size"] = size.value;
  const isDark = theme.value === "dark" || (theme.value === "phone" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.querySelector('meta[name="theme-color"]')?.setAttribute("content", isDark ? "#16111A" : "#F6F5EF");
}

/** The size of the phone's letters, in pixels: what one rem is before we change it. */
function rootSize(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize);
}

function themeOf(value: string | null): Theme {
  return value === "light" || value === "dark" ? value : "phone";
}

function kept(name: string): string | null {
  try {
    return localStorage.getItem(`naerblik.${name}`);
  } catch {
    return null; // A browser may refuse storage; the choice then lasts as long as the page.
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`naerblik.${name}`, value);
  } catch {
    // As above.
  }
}
