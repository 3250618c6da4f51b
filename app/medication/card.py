"""The values of the medication card: what a source says, word for word, before anybody shows or plans it."""

from dataclasses import dataclass
from datetime import date

from app.medication import rules


@dataclass(frozen=True)
class Prescription:
    """A prescription (recept). ``medication_id`` is what it is attached to, None for none.

    ``status`` is open, closed, cancelled, inactive, expired or invalid. ``dispensings_left`` counts dispensings and is
    None where the source's figures do not give it. ``private`` ones are kept as a bare id and shown nowhere.
    """

    id: str
    medication_id: str | None = None
    status: str | None = None
    valid_to: date | None = None
    package: str | None = None
    dispensings_left: int | None = None
    name: str | None = None
    form: str | None = None
    strength: str | None = None
    indication: str | None = None
    private: bool = False


@dataclass(frozen=True)
class DosageText:
    """The dosage in the source's own words. ``kind``: fixed, as_needed, combined, free_text, schema or none."""

    kind: str = "none"
    short: str | None = None
    long: str | None = None


@dataclass(frozen=True)
class Medication:
    """One medication of the card (lægemiddelordination).

    ``version`` orders the source's versions; None where the source has none. ``kind`` is prescribed or citizen_chosen.
    ``changed_at`` is the source's instant as text. ``private`` ones carry id and version only.
    """

    id: str
    version: int | None = None
    private: bool = False
    name: str | None = None
    active_substance: str | None = None
    atc: str | None = None
    form: str | None = None
    strength: str | None = None
    route: str | None = None
    indication: str | None = None
    text: DosageText = DosageText()
    plan: rules.Dosage = rules.Dosage()
    course: rules.Course = rules.Course()
    kind: str = "prescribed"
    prescriber: str | None = None
    organisation: str | None = None
    changed_at: str | None = None


@dataclass(frozen=True)
class CardAnswer:
    """What a source answered about a citizen's medication.

    With ``version`` it is a whole card and ``medications`` is its list, in the source's order, private ones among them.
    Without, it is news of single medications and prescriptions. ``as_of`` is the source's instant as text.
    ``withdrawn`` are ids that the source takes back, as entered in error, each with its instant as text or None.
    """

    version: int | None = None
    as_of: str | None = None
    is_invalid: bool = False
    medications: tuple[Medication, ...] = ()
    prescriptions: tuple[Prescription, ...] = ()
    withdrawn: tuple[tuple[str, str | None], ...] = ()
