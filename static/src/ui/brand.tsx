/** The mark and the log-in picture: an eyelid over the sun over the horizon, and the light of the day above it. */

import type { JSX } from "preact";

export function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" aria-hidden="true" focusable="false">
      <path d="M3 18.5C6 11 10.5 7 16 7s10 4 13 11.5M6 26.5h20" />
      <circle cx="16" cy="18" r="4.6" fill="currentColor" stroke="none" />
    </svg>
  );
}

export function DoorArt(): JSX.Element {
  return (
    <svg class="door__art" viewBox="0 0 390 182" fill="none" aria-hidden="true" focusable="false">
      <circle class="art__sun" cx="195" cy="96" r="40" />
      <path class="art__sea" d="M26 112Q195 100 364 112Q195 238 26 112Z" />
      <path class="art__glint" d="M159 128h72M172 143h46M183 158h24" stroke-width="4" stroke-linecap="round" />
      <path class="art__path" d="M26 104Q195 -70 364 104" stroke-width="2.5" stroke-dasharray="1 9" stroke-linecap="round" />
      <circle class="art__done" cx="66" cy="68" r="7" />
      <circle class="art__done" cx="142" cy="25" r="7" />
      <circle class="art__todo" cx="248" cy="25" r="7" stroke-width="2.5" />
      <circle class="art__todo" cx="324" cy="68" r="7" stroke-width="2.5" />
    </svg>
  );
}
