/** Short names for the answers of the API. The types come from its own description, so that a drift does not compile. */

import type { components } from "./schema";

type Schemas = components["schemas"];

export type Session = Schemas["Session"];
export type Citizen = Schemas["SessionCitizen"];
/** A citizen whom the one who is logged in helps. */
export type HelpedPerson = Schemas["HelpedPerson"];
export type HelpedPeople = Schemas["Helped"];
export type DemoPerson = Schemas["DemoPerson"];
export type DemoPeople = Schemas["DemoPeople"];
export type DemoLogin = Schemas["DemoLogin"];
export type DemoStaffLogin = Schemas["DemoStaffLogin"];

export type Card = Schemas["Card"];
export type Medication = Schemas["Medication"];
export type MedicationStatus = Medication["status"];
export type DosageKind = Schemas["Dosage"]["kind"];
export type Prescription = Schemas["Prescription"];
export type LoosePrescription = Schemas["PrescriptionOffCard"];
export type DosePlan = Schemas["DosePlan"];
export type Dose = Schemas["PlannedDose"];
export type Unplanned = Schemas["Unplanned"];

export type Mark = Schemas["Mark"];
export type Marks = Schemas["Marks"];
export type KeptMark = Schemas["KeptMark"];
export type Device = Schemas["Device"];
export type Devices = Schemas["Devices"];

export type Appointment = Schemas["ShownAppointment"];
export type Appointments = Schemas["Appointments"];
export type Answers = Schemas["Answers"];
export type AppointmentAnswer = Schemas["Answer"];
export type AnswerGiven = Schemas["AnswerGiven"];
export type Delivery = Schemas["Delivery"];
export type Renewals = Schemas["Renewals"];
export type Renewal = Schemas["Renewal"];
export type RenewalWish = Schemas["RenewalWish"];

export type Notes = Schemas["Notes"];
export type NotesWritten = Schemas["NotesWritten"];
export type Note = Schemas["KeptNote"];
export type NoteGiven = Schemas["Note"];

export type Consents = Schemas["Consents"];
export type Consent = Schemas["Consent"];
export type OwnConsent = Schemas["OwnConsent"];
export type ConsentEvent = Schemas["Event"];
export type ConsentRequest = Schemas["ConsentRequest"];
/** What is read before an answer, in one language. */
export type ConsentText = Schemas["Text"];
export type RequestAnswer = Schemas["RequestAnswer"];
/** Of whom a consent or a block speaks, with the name that the citizen reads. */
export type Party = Schemas["NamedParty"];
export type BlockLimit = Schemas["NamedLimit"];
export type BlockGiven = Schemas["Block"];
export type Organisation = Schemas["Organisation"];
export type AccessEntry = Schemas["AccessEntry"];
/** A part of the access log, newest first. */
export type LogPage = Schemas["Log"];
/** Who runs this installation, where they have said so. */
export type About = Schemas["About"];

/** A caseworker who is logged in, and what is said at their desk. */
export type Staff = Schemas["SessionStaff"];
export type StaffTexts = Schemas["Templates"];
export type StaffText = Schemas["Template"];
export type StatusQuestion = Schemas["StatusQuestion"];
export type StatusAnswer = Schemas["StatusAnswer"];
export type Asked = Schemas["Asked"];
export type Taken = Schemas["Taken"];
/** A paper that a citizen signed, and what is said of it when it is approved or ends something. */
export type PaperSigned = Schemas["Paper"];
export type PaperSaid = Schemas["Approval"];
export type Letter = Schemas["Letter"];
export type OwnQuestions = Schemas["OwnQuestions"];
export type OwnQuestion = Schemas["OwnQuestion"];
