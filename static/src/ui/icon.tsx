/** The icons, drawn for the app on a 24 grid. An icon always stands beside a word, so it is hidden from screen readers. */

import type { JSX } from "preact";

const SHAPES = {
  morgen: () => <path d="M3 18h18M7 18a5 5 0 0 1 10 0M12 9V5M5.2 11.8 3.8 10.4M18.8 11.8l1.4-1.4"/>,
  middag: () => (
    <>
      <circle cx="12" cy="12" r="4.2"/>
      <path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4"/>
    </>
  ),
  aften: () => <path d="M3 14h18M7 14a5 5 0 0 1 10 0M6 18h12M9.5 21.5h5"/>,
  nat: () => <path d="M19.5 14.2A8 8 0 1 1 9.8 4.5a6.4 6.4 0 0 0 9.7 9.7Z"/>,
  idag: () => (
    <>
      <circle cx="12" cy="12" r="8.5"/>
      <path d="M12 7v5l3.2 2"/>
    </>
  ),
  medicin: () => (
    <>
      <rect x="2.6" y="8" width="18.8" height="8" rx="4" transform="rotate(-45 12 12)"/>
      <path d="m9.2 9.2 5.6 5.6"/>
    </>
  ),
  aftaler: () => (
    <>
      <rect x="3.5" y="5" width="17" height="15.5" rx="3"/>
      <path d="M3.5 10h17M8 3v4M16 3v4"/>
    </>
  ),
  note: () => <path d="M4 20l1-4.5L15.5 5a2.1 2.1 0 0 1 3 0l.5.5a2.1 2.1 0 0 1 0 3L8.5 19ZM13.5 7l3.5 3.5"/>,
  sted: () => (
    <>
      <path d="M12 21.5s7-6.2 7-11.7a7 7 0 0 0-14 0c0 5.5 7 11.7 7 11.7Z"/>
      <circle cx="12" cy="9.8" r="2.5"/>
    </>
  ),
  finger: () => (
    <path d="M5 9.5A7.5 7.5 0 0 1 19 9M4.5 14v-1.5M8 20c-1-2-1.3-4.3-1.3-7A5.3 5.3 0 0 1 17.3 13c0 2.6-.2 4.6-.8 6.5M12 21c-1.3-2.5-2-5-2-8a2 2 0 0 1 4 0c0 3 .2 5-.2 7.5"/>
  ),
  telefon: () => (
    <>
      <rect x="6.5" y="2.5" width="11" height="19" rx="2.8"/>
      <path d="M11 18.3h2"/>
    </>
  ),
  hent: () => <path d="M12 4v11M7.5 11 12 15.5 16.5 11M4.5 20h15"/>,
  hoejt: () => <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11"/>,
  udskriv: () => <path d="M7 9V3.5h10V9M7 17H4.5A1.5 1.5 0 0 1 3 15.5v-5A1.5 1.5 0 0 1 4.5 9h15a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5H17M7 14h10v6.5H7Z"/>,
  frem: () => <path d="m9 5 7 7-7 7"/>,
  tilbage: () => <path d="m15 5-7 7 7 7"/>,
  ned: () => <path d="m5 9 7 7 7-7"/>,
  advarsel: () => <path d="M12 3.5 2.8 19.5h18.4L12 3.5ZM12 10v4.5M12 17.2v.1"/>,
  info: () => (
    <>
      <circle cx="12" cy="12" r="8.8"/>
      <path d="M12 11v5.5M12 7.6v.1"/>
    </>
  ),
  igen: () => <path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.4L19.5 9M19.5 4v5h-5"/>,
  skjold: () => (
    <>
      <path d="M12 3 4.5 5.8v5.7c0 4.5 3 8 7.5 9.5 4.5-1.5 7.5-5 7.5-9.5V5.8L12 3Z"/>
      <path d="m8.8 11.8 2.4 2.4 4-4.3"/>
    </>
  ),
  kilde: () => (
    <>
      <ellipse cx="12" cy="6" rx="7.5" ry="3"/>
      <path d="M4.5 6v12c0 1.7 3.4 3 7.5 3s7.5-1.3 7.5-3V6M4.5 12c0 1.7 3.4 3 7.5 3s7.5-1.3 7.5-3"/>
    </>
  ),
  ring: () => <path d="M5 3.5h3.5l1.6 4.5-2.3 1.7a13 13 0 0 0 6.5 6.5l1.7-2.3 4.5 1.6V19a2 2 0 0 1-2.2 2C10.5 20.4 3.6 13.5 3 5.7A2 2 0 0 1 5 3.5Z"/>,
  sprog: () => (
    <>
      <circle cx="12" cy="12" r="8.8"/>
      <path d="M3.2 12h17.6M12 3.2c5 5.5 5 12.1 0 17.6-5-5.5-5-12.1 0-17.6Z"/>
    </>
  ),
  ud: () => <path d="M13.5 4.5h6v6M19 5l-8.5 8.5M9 5.5H6.5a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V15"/>,
  pause: () => <path d="M8.5 5.5v13M15.5 5.5v13"/>,
  stop: () => (
    <>
      <circle cx="12" cy="12" r="8.8"/>
      <path d="M8 12h8"/>
    </>
  ),
  plus: () => <path d="M12 5v14M5 12h14"/>,
  senere: () => (
    <>
      <circle cx="12" cy="13" r="7.5"/>
      <path d="M12 9v4l2.8 1.8M9.5 2.8h5"/>
    </>
  ),
  vent: () => <path d="M12 15.5V4M7.5 8.5 12 4l4.5 4.5M4.5 20h15"/>,
  spring: () => <path d="M4 15.5C5.5 9.5 9 6.5 12.5 6.5c3.2 0 5.5 2.2 6.5 6M20.5 7.5 19.2 13l-5.4-1.5M4 19.5h16"/>,
  tjek: () => <path d="m4.5 12.8 4.8 4.8L19.5 7"/>,
  kryds: () => <path d="M6 6l12 12M18 6 6 18"/>,
  laas: () => (
    <>
      <rect x="4.8" y="10.5" width="14.4" height="10" rx="2.5"/>
      <path d="M8 10.5V7.5a4 4 0 0 1 8 0v3M12 14.5v2"/>
    </>
  ),
  klokke: () => <path d="M6 10a6 6 0 0 1 12 0c0 5 2 6.5 2 6.5H4S6 15 6 10ZM10 20a2.2 2.2 0 0 0 4 0"/>,
  udennet: () => <path d="M4 4l16 16M7.5 8.2A5 5 0 0 0 7 18.5h10.5M10.3 6.3A6 6 0 0 1 18 11a4 4 0 0 1 3 6"/>,
  hjaelp: () => (
    <>
      <circle cx="12" cy="12" r="8.8"/>
      <path d="M9.5 9.5a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.1.9-1.1 1.9M12 16.8v.1"/>
    </>
  ),
  samtykker: () => <path d="M6.5 3h8L19 7.5V18a3 3 0 0 1-3 3H6.5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2ZM8.5 13.2l2.4 2.4 4.3-4.6"/>,
  mere: () => <path d="M4 7h16M4 12h16M4 17h10"/>,
  oeje: () => (
    <>
      <path d="M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12Z"/>
      <circle cx="12" cy="12" r="2.8"/>
    </>
  ),
  spaer: () => (
    <>
      <circle cx="12" cy="12" r="8.8"/>
      <path d="m6 6 12 12"/>
    </>
  ),
  fortryd: () => <path d="M8.5 4.5 4 9l4.5 4.5M4.5 9H14a6 6 0 0 1 0 12h-3"/>,
  kopi: () => (
    <>
      <rect x="8.5" y="8.5" width="12" height="12" rx="2.5"/>
      <path d="M15.5 8.5V6A2.5 2.5 0 0 0 13 3.5H6A2.5 2.5 0 0 0 3.5 6v7A2.5 2.5 0 0 0 6 15.5h2.5"/>
    </>
  ),
  tekst: () => <path d="M2.5 18.5 8 5.5l5.5 13M4.5 14h7M14.5 18.5l3.5-8.5 3.5 8.5M15.8 15.5h4.4"/>,
} satisfies Record<string, () => JSX.Element>;

export type IconName = keyof typeof SHAPES;

/** An icon in the colour of the text beside it. */
export function Icon({ name, class: extra = "" }: { name: IconName; class?: string }): JSX.Element {
  const Shape = SHAPES[name];
  return (
    <svg class={`icon ${extra}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <Shape />
    </svg>
  );
}
