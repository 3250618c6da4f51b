/** The card, the dose plan and what was asked, from the rows of the copy on this device: app/medication/service.py once more. */

import type { Card, DosePlan, LoosePrescription, Medication, Prescription, Renewal } from "../api/types";
import type { Row, Space } from "../sync/port";
import { copenhagenText, later, utcText } from "../ui/instants";
import { type Course, type Dosage, lastDay, planOf, statusOn } from "./plan_rules";

type Rows = ReadonlyMap<string, readonly Row[]>;
type Sources = Space["sources"];

/** A whole number of the source; one too large to be a number here stands as text. */
type Whole = number | string;

interface Listing {
  source: string;
  version: Whole | null;
  as_of: string | null;
  is_invalid: boolean;
  listed: string[];
  seen: string[];
  prescriptions: string[];
  fetchedAt: string;
}

interface Kept {
  id: string;
  version: Whole | null;
  private: boolean;
  name: string | null;
  text: { kind: Medication["dosage"]["kind"]; short: string | null; long: string | null };
  plan: Dosage;
  course: Course;
}

interface KeptPrescription extends LoosePrescription {
  medication_id: string | null;
  private: boolean;
}

const SHOWN = ["name", "active_substance", "atc", "form", "strength", "route", "indication"] as const;
const SAID = ["kind", "prescriber", "organisation", "changed_at"] as const;
const ON_PRESCRIPTION = ["id", "status", "valid_to", "package", "dispensings_left"] as const;
const OFF_CARD = [...ON_PRESCRIPTION, "name", "form", "strength", "indication"] as const;

/** Everything on medication, by `source id`. */
interface Stored {
  listings: Listing[];
  medications: Map<string, { kept: Kept; source: string; key: string }>;
  prescriptions: Map<string, KeptPrescription>;
}

/** A card with parts that are not here: the copy is not whole, and nothing of it is shown as the card. */
export class CardIncomplete extends Error {
  override name = "CardIncomplete";
}

/** The card on a civil day. `takes`: the sources that take a wish for renewal. Throws CardIncomplete. */
export function cardOf(rows: Rows, sources: Sources, today: string, takes: ReadonlySet<string>): Omit<Card, "citizen"> {
  const stored = storedOf(rows);
  const card = stored.listings.find((each) => each.version !== null);
  const listing = card ?? stored.listings[0];
  const { onCard, offCard } = divided(stored, card);
  const isPublic = (place: string): boolean => !stored.medications.get(place)!.kept.private;
  const visible = visiblePrescriptions(stored);
  const attached = new Set(visible.map(({ source, said }) => `${source} ${said.medication_id}`));
  const shown = onCard.filter(isPublic);
  const prescribed = (place: string): Prescription[] =>
    visible.filter(({ source, said }) => `${source} ${said.medication_id}` === place).map(({ said }) => picked(said, ON_PRESCRIPTION));
  const heard = listing && sources.find((each) => each.source === listing.source);
  return {
    version: card === undefined ? null : String(card.version),
    as_of: listing?.as_of ?? null,
    fetched_at: listing === undefined ? null : utcText(later(listing.fetchedAt, heard?.answered_at ?? null)),
    source: listing?.source ?? null,
    private_count: onCard.length - shown.length,
    medications: shown.map((place) => medicationOf(stored, place, today, attached.has(place) ? prescribed(place) : [], takes)),
    off_card: offCard.filter(isPublic).map((place) => medicationOf(stored, place, today, [], new Set())),
    prescriptions_off_card: visible
      .filter(({ source, said }) => !shown.includes(`${source} ${said.medication_id}`))
      .map(({ said }) => picked(said, OFF_CARD)),
    ...(card?.is_invalid ? { is_invalid: true } : {}),
    ...(heard?.failing_since ? { not_fetched_since: utcText(heard.failing_since) } : {}),
  };
}

/** What the card plans for a civil date, in the card's order. Throws CardIncomplete. */
export function dosePlanOf(rows: Rows, on: string): DosePlan {
  const stored = storedOf(rows);
  const { onCard } = divided(stored, stored.listings.find((each) => each.version !== null));
  const shown = onCard.map((place) => stored.medications.get(place)!.kept).filter((kept) => !kept.private);
  const plans = shown.map((kept) => planOf(kept.id, kept.name ?? "", kept.plan, kept.course, on));
  return { date: on, doses: plans.flatMap((plan) => plan.doses), unplanned: plans.flatMap((plan) => plan.unplanned) };
}

/** The last wish on every medication that was asked for. */
export function renewalsOf(rows: Rows): Renewal[] {
  return (rows.get("renewal") ?? []).map(({ content }) => {
    const { message_id, medication_key, note, made_at, delivery } = content as Renewal;
    return { message_id, medication_key, note, made_at: copenhagenText(made_at), delivery: { ...delivery, at: copenhagenText(delivery.at) } };
  });
}

function storedOf(rows: Rows): Stored {
  const listings = (rows.get("card") ?? []).map(({ content, fetchedAt }) => ({ ...(content as Omit<Listing, "fetchedAt">), fetchedAt }));
  const medications: Stored["medications"] = new Map();
  for (const { source, key, content } of rows.get("medication") ?? []) {
    const kept = content as Kept;
    medications.set(`${source} ${kept.id}`, { kept, source, key });
  }
  const prescriptions: Stored["prescriptions"] = new Map();
  for (const { source, content } of rows.get("prescription") ?? []) {
    const kept = content as KeptPrescription;
    prescriptions.set(`${source} ${kept.id}`, kept);
  }
  return { listings, medications, prescriptions };
}

/** Which medications are on the card and which are off it. Without any card, all that are known are on it. */
function divided(stored: Stored, card: Listing | undefined): { onCard: string[]; offCard: string[] } {
  const seen = stored.listings.flatMap((each) => each.seen.map((id) => `${each.source} ${id}`));
  const known = seen.filter((place) => stored.medications.has(place));
  if (card === undefined) return { onCard: known, offCard: [] };
  const listed = card.listed.map((id) => `${card.source} ${id}`);
  if (listed.some((place) => !stored.medications.has(place))) throw new CardIncomplete("A part of the card is missing.");
  const isNewer = (place: string): boolean => {
    const { kept, source } = stored.medications.get(place)!;
    return source === card.source && kept.version !== null && BigInt(kept.version) > BigInt(card.version!);
  };
  const onCard = [...listed, ...known.filter((place) => !listed.includes(place) && isNewer(place))];
  return { onCard, offCard: known.filter((place) => !onCard.includes(place)) };
}

/** In the order first heard, without private ones and those of private medications. */
function visiblePrescriptions(stored: Stored): { source: string; said: KeptPrescription }[] {
  const ordered = stored.listings.flatMap(({ source, prescriptions }) => prescriptions.map((id) => ({ source, said: stored.prescriptions.get(`${source} ${id}`) })));
  return ordered.filter((each): each is { source: string; said: KeptPrescription } => {
    if (each.said === undefined || each.said.private) return false;
    return stored.medications.get(`${each.source} ${each.said.medication_id}`)?.kept.private !== true;
  });
}

function medicationOf(stored: Stored, place: string, today: string, prescriptions: Prescription[], takes: ReadonlySet<string>): Medication {
  const { kept, source, key } = stored.medications.get(place)!;
  const said = kept as Kept & Medication;
  const status = statusOn(kept.course, today);
  return {
    id: kept.id,
    ...picked(said, SHOWN),
    dosage: { ...kept.text, end_inclusive: lastDay(kept.plan) },
    treatment_start: kept.course.start,
    treatment_end: kept.course.end,
    status,
    ...picked(said, SAID),
    prescriptions,
    key,
    takes_renewal: takes.has(source) && (status === "active" || status === "paused"),
  };
}

function picked<T, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, K>;
}
