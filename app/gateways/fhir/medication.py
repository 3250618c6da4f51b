"""MedicationStatement and MedicationRequest: the medications of the card and the prescriptions."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from app import clock
from app.gateways.fhir import ids, values
from app.gateways.fhir.resources import Directory, Resource
from app.gateways.fhir.values import Json
from app.medication import rules
from app.medication.card import DosageText, Medication, Prescription

ATC = ("http://www.whocc.no/atc", "urn:oid:2.16.840.1.113883.6.73")
# What these say is no treatment that anybody should see as theirs.
NO_TREATMENT = ("entered-in-error", "not-taken", "intended", "unknown")
PRESCRIPTION_STATUS = {
    "active": "open",
    "completed": "closed",
    "cancelled": "cancelled",
    "stopped": "cancelled",
    "on-hold": "inactive",
    "draft": "inactive",
    "entered-in-error": "invalid",
}
# When a treatment is over and its source does not say since when: before any day that somebody may ask about.
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Drug:
    """What a resource says of the drug itself."""

    name: str | None = None
    active_substance: str | None = None
    atc: str | None = None
    form: str | None = None
    strength: str | None = None


def read_statement(resource: Resource, directory: Directory) -> Medication | None:
    """A MedicationStatement as a medication of the card, without a version of its own.

    None, which counts as ignored, for one that was entered in error, is not taken, only intended, or of unknown
    status: none of these may ever look like an active treatment.
    """
    content = resource.content
    if content.get("status") in NO_TREATMENT:
        return None
    drug = _drug(resource, directory)
    text, plan = _dosage(values.many(content, "dosage"))
    course = _course(content)
    if plan.unplanned:
        plan = replace(plan, start=course.start, end=course.end)
    categories = values.many(values.one(content, "category"), "coding")
    by_citizen = any(each.get("code") == "patientspecified" for each in categories)
    prescriber, organisation = _authors(resource, directory)
    return Medication(
        id=ids.of(resource),
        name=drug.name,
        active_substance=drug.active_substance,
        atc=drug.atc,
        form=drug.form,
        strength=drug.strength,
        route=_route(values.many(content, "dosage")),
        indication=values.concepts(values.many(content, "reasonCode")),
        text=text,
        plan=plan,
        course=course,
        kind="citizen_chosen" if by_citizen else "prescribed",
        prescriber=prescriber,
        organisation=organisation,
        changed_at=changed_at(resource),
    )


def changed_at(resource: Resource) -> str | None:
    """When the server last changed the resource, ISO 8601 UTC."""
    updated = values.instant(values.one(resource.content, "meta"), "lastUpdated")
    return clock.utc_text(updated) if updated else None


def read_request(resource: Resource, directory: Directory, medication_id: str | None) -> Prescription:
    """A MedicationRequest as a prescription. What was dispensed on it is not known from it."""
    content = resource.content
    drug = _drug(resource, directory)
    supply = values.one(content, "dispenseRequest")
    return Prescription(
        id=ids.of(resource),
        medication_id=medication_id,
        status=PRESCRIPTION_STATUS.get(content.get("status", "")),
        valid_to=values.last_day(values.one(supply, "validityPeriod"), "end"),
        package=values.quantity(values.one(supply, "quantity")),
        name=drug.name,
        form=drug.form,
        strength=drug.strength,
        indication=values.concepts(values.many(content, "reasonCode")),
    )


def _drug(resource: Resource, directory: Directory) -> Drug:
    content = resource.content
    reference = values.one(content, "medicationReference")
    if not reference:
        return _coded(values.one(content, "medicationCodeableConcept"))
    found = directory.find(reference, resource)
    if found is None or found.type != "Medication":
        return Drug(name=values.text(reference, "display"))
    drug = _coded(values.one(found.content, "code"))
    ingredients = values.many(found.content, "ingredient")
    strength = _ratio(values.one(ingredients[0], "strength")) if len(ingredients) == 1 else None
    return replace(
        drug,
        name=drug.name or values.text(reference, "display"),
        form=values.concept(values.one(found.content, "form")),
        strength=strength,
    )


def _coded(code: Json) -> Drug:
    atc = next((each for each in values.many(code, "coding") if each.get("system") in ATC), {})
    return Drug(
        name=values.concept(code),
        active_substance=values.text(atc, "display"),
        atc=values.text(atc, "code"),
    )


def _ratio(ratio: Json) -> str | None:
    upper, lower = values.one(ratio, "numerator"), values.one(ratio, "denominator")
    if lower.get("value") in (None, 1):
        per = values.text(lower, "unit")
        return "/".join(each for each in (values.quantity(upper), per) if each) or None
    return "/".join(each for each in (values.quantity(upper), values.quantity(lower)) if each) or None


def _dosage(dosages: list[Json]) -> tuple[DosageText, rules.Dosage]:
    """The words of the dosage. They are free text to us: planned doses need a structure that nothing here states."""
    long = "\n".join(said for each in dosages if (said := values.text(each, "text"))) or None
    if long is None:
        return DosageText(), rules.Dosage()
    needed = {values.truth(each, "asNeededBoolean") or bool(each.get("asNeededCodeableConcept")) for each in dosages}
    kind = "combined" if len(needed) > 1 else "as_needed" if True in needed else "free_text"
    return DosageText(kind=kind, long=long), rules.Dosage(unplanned="free_text")


def _route(dosages: list[Json]) -> str | None:
    return next((said for each in dosages if (said := values.concept(values.one(each, "route")))), None)


def _course(content: Json) -> rules.Course:
    period = values.one(content, "effectivePeriod")
    start, end = values.first_day(period, "start"), values.last_day(period, "end")
    values.demand_order(start, end, "effectivePeriod")
    if content.get("effectiveDateTime"):
        start, end = values.first_day(content, "effectiveDateTime"), end
    status = content.get("status")
    if status == "on-hold":
        return rules.Course(start, end, pause=rules.Pause())
    if status == "completed":
        return rules.Course(start, end, discontinued_at=_over_before(content, end))
    if status == "stopped":
        stopped_at = values.instant_after(period, "end") or _said_at(content) or LONG_AGO
        return rules.Course(start, end, discontinued_at=stopped_at)
    return rules.Course(start, end)


def _over_before(content: Json, end: date | None) -> datetime | None:
    """When a completed treatment was over, where its end does not say so: it was called completed before that day."""
    said_at = _said_at(content)
    if end is None:
        return said_at or LONG_AGO
    return said_at if said_at and clock.civil_date(said_at) < end else None


def _said_at(content: Json) -> datetime | None:
    asserted = values.instant(content, "dateAsserted")
    return asserted or values.instant(values.one(content, "meta"), "lastUpdated")


def _authors(resource: Resource, directory: Directory) -> tuple[str | None, str | None]:
    """Who prescribed and for which organisation: the request that the statement rests on knows, else its informant."""
    for each in values.many(resource.content, "basedOn"):
        request = directory.find(each, resource)
        if request is not None and request.type == "MedicationRequest":
            return directory.names(values.one(request.content, "requester"), request)
    informant = values.one(resource.content, "informationSource")
    found = directory.find(informant, resource)
    kind = (
        found.type
        if found
        else (values.text(informant, "type") or (values.text(informant, "reference") or "")).split("/")[0]
    )
    return (
        directory.names(informant, resource)
        if kind in ("Practitioner", "PractitionerRole", "Organization")
        else (None, None)
    )
