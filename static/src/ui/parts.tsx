/** Parts that every screen is made of: the blik, a key block, a chip, a row that leads on, facts, a fold. */

import { Fragment, type ComponentChildren, type JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { language, strings } from "../app/preferences";
import { takeFocus } from "../app/router";
import { Icon, type IconName } from "./icon";
import { piecesOf } from "./rules";

interface BlikProps {
  title: ComponentChildren;
  /** The name of the page in the browser's tab, where it differs from the title. */
  page: string;
  over?: string;
  lead?: ComponentChildren;
  children?: ComponentChildren;
}

/** The one sentence on top of a screen. Takes the focus after a change of page. */
export function Blik({ title, page, over, lead, children }: BlikProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takeFocus()) heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = `${page} · ${strings.value.app.name}`;
  }, [page, language.value]);
  return (
    <div class="blik">
      {over && <p class="blik__over">{over}</p>}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {lead && <p class="lead">{lead}</p>}
      {children}
    </div>
  );
}

/** Words of a source stand in Danish, word for word, whatever language the app speaks. */
export function Words({ children }: { children: ComponentChildren }): JSX.Element {
  return <span lang="da">{children}</span>;
}

/** The name of a medicine in the source's words; a strength stays whole, and a long one breaks after a slash or a plus. */
export function MedicineName({ name }: { name: string | null }): JSX.Element {
  if (name === null) return <>{strings.value.app.unnamed}</>;
  return (
    <Words>
      {piecesOf(name).map((piece, at) => (
        <Fragment key={at}>
          {at > 0 && <wbr />}
          {piece}
        </Fragment>
      ))}
    </Words>
  );
}

/** The number that matters, with its unit below. */
export function Key({ number, unit, isMuted }: { number: string; unit: string | null; isMuted: boolean }): JSX.Element {
  return (
    <span class={`key ${isMuted ? "key--muted" : ""}`}>
      <b>{number}</b> {unit && <span>{unit}</span>}
    </span>
  );
}

export type Tone = "plain" | "ok" | "note" | "bad" | "accent";

export function Chip({ icon, tone = "plain", children }: { icon: IconName; tone?: Tone; children: ComponentChildren }): JSX.Element {
  return (
    <span class={`chip chip--${tone}`}>
      <Icon name={icon} />
      <span>{children}</span>
    </span>
  );
}

/** A row of a list that opens something. */
export function LinkRow({ href, isMid = false, children }: { href: string; isMid?: boolean; children: ComponentChildren }): JSX.Element {
  return (
    <a class={`row ${isMid ? "row--mid" : ""}`} href={href}>
      {children}
      <Icon name="frem" class="row__go" />
    </a>
  );
}

/** One fact with its name. Nothing is shown for what the source lacks. */
export function Fact({ name, children }: { name: string; children: ComponentChildren }): JSX.Element | null {
  if (children === null || children === undefined || children === "") return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A quiet card that helps beside the matter. */
export function Aside({ icon, title, text, tone }: { icon: IconName; title: string; text: string; tone?: "note" }): JSX.Element {
  return (
    <div class={`card row ${tone ? `card--${tone}` : "card--plain"}`}>
      <Icon name={icon} />
      <div class="grow">
        <p>
          <strong>{title}</strong>
        </p>
        <p class="small">{text}</p>
      </div>
    </div>
  );
}

/** The way back to the list. */
export function Back({ href, children }: { href: string; children: ComponentChildren }): JSX.Element {
  return (
    <a class="back" href={href}>
      <Icon name="tilbage" />
      {children}
    </a>
  );
}

/** The views of a screen, side by side. */
export function Segments({ label, views, current }: { label: string; views: [string, string][]; current: string }): JSX.Element {
  return (
    <nav class="segments" aria-label={label}>
      {views.map(([href, name]) => (
        <a key={href} href={href} aria-current={href === current ? "page" : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}
