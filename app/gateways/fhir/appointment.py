"""Appointment: when and where a citizen is expected."""

from app import errors
from app.appointments.appointment import Appointment, Place
from app.gateways import links
from app.gateways.fhir import appointment_course, ids, values
from app.gateways.fhir.citizens import Register
from app.gateways.fhir.resources import Directory, Resource
from app.gateways.fhir.values import Json

SOR = "urn:oid:1.2.208.176.1.1"
# MedCom's codes, as in appointment documents; in FHIR they may stand as a tag, a category, a type or an extension.
KINDS = {
    "MunicipalityAppointment": "municipality",
    "RegionalAppointment": "region",
    "PractitionerAppointment": "practitioner",
}
GUIDING = "GuidedIntervalType"
SERIES = "urn:naerblik:series"
# R5's element in R4's clothes.
VIRTUAL_SERVICE = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Appointment.virtualService"


def read(resource: Resource, directory: Directory) -> Appointment:
    """The appointment, with its place and organisation as far as the file tells them."""
    content = resource.content
    start, end = values.instant(content, "start"), values.instant(content, "end")
    values.demand_order(start, end, "the appointment")
    actors = [values.one(each, "actor") for each in values.many(content, "participant")]
    codes = _codes(content)
    updated = values.instant(values.one(content, "meta"), "lastUpdated")
    return Appointment(
        id=ids.of(resource),
        start=start,
        end=end,
        kind=next((kind for code, kind in KINDS.items() if code in codes), "other"),
        guiding_time=GUIDING in codes,
        title=values.text(content, "description")
        or values.concepts(values.many(content, "serviceType"))
        or values.concept(values.one(content, "appointmentType")),
        place=_place(actors, resource, directory),
        organisation=_organisation(actors, resource, directory),
        reason=values.concepts(values.many(content, "reasonCode")),
        status=values.text(content, "status"),
        series=next(
            (
                values.text(each, "valueString")
                for each in values.many(content, "extension")
                if each.get("url") == SERIES
            ),
            None,
        ),
        course=appointment_course.read(resource, directory),
        video_url=_video_url(content, actors, resource, directory),
        preparation=values.text(content, "patientInstruction"),
        as_of=updated or values.instant(content, "created"),
    )


def citizens_of(resource: Resource, register: Register) -> list[int]:
    """The places of all citizens who take part. Raises Invalid when there is none, or one who cannot be told."""
    places: list[int] = []
    for index, each in enumerate(values.many(resource.content, "participant")):
        actor = values.one(each, "actor")
        if _kind(actor) in (None, "Patient"):
            place = register.find(actor, resource)
            if place is not None and place not in places:
                places.append(place)
            elif place is None and _kind(actor) == "Patient":
                raise errors.Invalid(f"participant.{index}.actor: it cannot be told which citizen this is")
    if not places:
        raise errors.Invalid("participant: no citizen takes part who can be told")
    return places


def _kind(actor: Json) -> str | None:
    """The type that a Reference says it is to, by its own word or by the form of its address."""
    said = values.text(actor, "type")
    address = (values.text(actor, "reference") or "").split("?")[0].split("/_history/")[0].split("/")
    if said or address[0].startswith(("#", "urn:")):
        return said
    kind = address[-1] if address[-1] == "Patient" else address[-2] if len(address) > 1 else ""
    return kind or None


def _codes(content: Json) -> set[str]:
    found = list(values.many(values.one(content, "meta"), "tag"))
    for name in ("serviceCategory", "serviceType"):
        found += [coding for each in values.many(content, name) for coding in values.many(each, "coding")]
    found += values.many(values.one(content, "appointmentType"), "coding")
    extensions = values.many(content, "extension")
    for each in extensions:
        found += [values.one(each, "valueCoding"), *values.many(values.one(each, "valueCodeableConcept"), "coding")]
    codes = {values.text(each, "code") for each in found} | {values.text(each, "valueCode") for each in extensions}
    return {code for code in codes if code}


def _place(actors: list[Json], resource: Resource, directory: Directory) -> Place:
    for actor in actors:
        found = directory.find(actor, resource)
        if found is not None and found.type == "Location":
            location = found.content
            return Place(
                name=values.text(location, "name") or values.text(actor, "display"),
                address=_address(values.one(location, "address")),
                phone=_phone(values.many(location, "telecom")),
                sor=next(
                    (_value(each) for each in values.many(location, "identifier") if each.get("system") == SOR), None
                ),
            )
        if found is None and _kind(actor) == "Location":
            identifier = values.one(actor, "identifier")
            sor = _value(identifier) if identifier.get("system") == SOR else None
            return Place(name=values.text(actor, "display"), sor=sor)
    return Place()


def _video_url(content: Json, actors: list[Json], resource: Resource, directory: Directory) -> str | None:
    """Where a video visit is held: as R5 says it, or as an address of the place."""
    said: list[str | None] = []
    for each in values.many(content, "extension"):
        if each.get("url") == VIRTUAL_SERVICE:
            parts = values.many(each, "extension")
            said += [values.text(part, "valueUrl") for part in parts if part.get("url") == "addressUrl"]
    for actor in actors:
        found = directory.find(actor, resource)
        if found is not None and found.type == "Location":
            telecoms = values.many(found.content, "telecom")
            said += [values.text(each, "value") for each in telecoms if each.get("system") == "url"]
    return next((url for each in said if (url := links.https(each))), None)


def _value(identifier: Json) -> str | None:
    return values.text(identifier, "value")


def _address(address: Json) -> str | None:
    town = " ".join(each for name in ("postalCode", "city") if (each := values.text(address, name)))
    joined = ", ".join(each for each in (*values.texts(address, "line"), town) if each)
    return joined or values.text(address, "text")


def _phone(telecoms: list[Json]) -> str | None:
    phones = (values.text(each, "value") for each in telecoms if each.get("system") == "phone")
    return next((each.removeprefix("tel:") for each in phones if each), None)


def _organisation(actors: list[Json], resource: Resource, directory: Directory) -> str | None:
    """Who performs it: whom an extension names, else the organisation of a service, a professional or the place."""
    for each in values.many(resource.content, "extension"):
        reference = values.one(each, "valueReference")
        if "organization" in (each.get("url") or "").lower() and reference:
            return directory.names(reference, resource)[1] or values.text(reference, "display")
    for kind in ("HealthcareService", "PractitionerRole", "Location"):
        for actor in actors:
            found = directory.find(actor, resource)
            if (found.type if found else _kind(actor)) == kind:
                name = directory.names(actor, resource)[1]
                if name:
                    return name
    return None
