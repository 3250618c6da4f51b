/** Short names for the answers of the API. The types come from its own description, so that a drift does not compile. */

import type { components } from "./schema";

type Schemas = components["schemas"];

export type Session = Schemas["Session"];
export type Citizen = Schemas["SessionCitizen"];
export type DemoPerson = Schemas["DemoPerson"];
export type DemoPeople = Schemas["DemoPeople"];
export type DemoLogin = Schemas["DemoLogin"];

export type Card = Schemas["Card"];
export type Medication = Schemas["Medication"];
export type MedicationStatus = Medication["status"];
export type DosageKind = Schemas["Dosage"]["kind"];
export type Prescription = Schemas["Prescription"];
export type LoosePrescription = Schemas["PrescriptionOffCard"];
export type DosePlan = Schemas["DosePlan"];
export type Dose = Schemas["PlannedDose"];
export type Unplanned = Schemas["Unplanned"];

export type Appointment = Schemas["Appointment"];
export type Appointments = Schemas["Appointments"];
