/** The answers of the API, as the contract gives them. Dates are civil (YYYY-MM-DD), times ISO 8601; null is what the source lacks. */

export interface Session {
  logged_in: boolean;
  mode: "demo" | "production";
  csrf: string | null;
  citizen: Citizen | null;
  /** Whether one can log in with MitID; absent counts as no. */
  oidc?: boolean;
}

export interface Citizen {
  id: string;
  name: string | null;
  born: string | null;
}

export interface DemoPerson {
  id: string;
  name: string;
  about_da: string;
  about_en: string;
}

export type DosageKind = "fixed" | "as_needed" | "combined" | "free_text" | "schema" | "none";
export type MedicationStatus = "active" | "paused" | "discontinued" | "ended";

export interface Prescription {
  id: string;
  status: string | null;
  valid_to: string | null;
  package: string | null;
  dispensings_left: number | null;
}

export interface LoosePrescription extends Prescription {
  name: string | null;
  form: string | null;
  strength: string | null;
  indication: string | null;
}

export interface Medication {
  id: string;
  name: string | null;
  active_substance: string | null;
  atc: string | null;
  form: string | null;
  strength: string | null;
  route: string | null;
  indication: string | null;
  dosage: { kind: DosageKind; short: string | null; long: string | null; end_inclusive: string | null };
  treatment_start: string | null;
  treatment_end: string | null;
  status: MedicationStatus;
  kind: "prescribed" | "citizen_chosen";
  prescriber: string | null;
  organisation: string | null;
  changed_at: string | null;
  prescriptions: Prescription[];
}

export interface Card {
  citizen: { cpr: string | null; name: string | null; born: string | null };
  version: string | null;
  as_of: string | null;
  fetched_at: string | null;
  source: string | null;
  private_count: number;
  medications: Medication[];
  off_card: Medication[];
  prescriptions_off_card: LoosePrescription[];
  /** There only when the source itself calls the card invalid. */
  is_invalid?: boolean;
  /** There only when the source could not be asked: since when. */
  not_fetched_since?: string;
}

export interface Dose {
  medication_id: string;
  name: string | null;
  /** morning, noon, evening, night, HH:MM or any. */
  slot: string;
  ordinal: number;
  quantity: number;
  quantity_max: number | null;
  unit: string | null;
  as_needed: boolean;
}

export interface Unplanned {
  medication_id: string;
  reason: string;
}

export interface DosePlan {
  date: string;
  doses: Dose[];
  unplanned: Unplanned[];
}

export interface Appointment {
  id: string;
  start: string | null;
  end: string | null;
  guiding_time: boolean;
  kind: "municipality" | "region" | "practitioner" | "other";
  title: string | null;
  place: { name: string | null; address: string | null; phone: string | null; sor: string | null };
  organisation: string | null;
  reason: string | null;
  status: string | null;
  series: string | null;
  source: string | null;
  as_of: string | null;
  fetched_at: string | null;
}

export interface Consent {
  id: string;
  /** FHIR's: active, inactive, rejected, proposed, draft, entered-in-error, or what the source says. */
  status: string;
  decision: "permit" | "deny" | null;
  scope: string | null;
  category: string | null;
  given_at: string | null;
  valid_from: string | null;
  /** The first instant at which it no longer holds. */
  valid_to: string | null;
  actors: string[];
  purposes: string[];
  actions: string[];
  /** The kinds of data, and the time they are from, that it is limited to. */
  data: string[];
  data_from: string | null;
  data_to: string | null;
  /** How many provisions stand inside it that we cannot show. */
  exceptions: number;
  source: string | null;
  as_of: string | null;
  fetched_at: string | null;
  /** Since when the source has not answered; null when it answers. */
  not_fetched_since: string | null;
}

export interface AccessEntry {
  seq: number;
  at: string;
  actor: string;
  role: string;
  organisation: string | null;
  action: string;
  category: string;
  purpose: string;
  basis: string;
  outcome: "permitted" | "refused";
  system: string;
}

/** A part of the access log, newest first. */
export interface LogPage {
  entries: AccessEntry[];
  more: boolean;
}

/** Who runs this installation, where they have said so. */
export interface About {
  run_by: string | null;
  contact: string | null;
}
