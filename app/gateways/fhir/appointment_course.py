"""Which course of treatment an Appointment belongs to: the EpisodeOfCare or CarePlan that it names."""

from app.appointments.appointment import Course
from app.gateways.fhir import values
from app.gateways.fhir.resources import Directory, Resource
from app.gateways.fhir.values import Json

EPISODE = "http://hl7.org/fhir/StructureDefinition/workflow-episodeOfCare"
KINDS = ("EpisodeOfCare", "CarePlan")


def read(resource: Resource, directory: Directory) -> Course:
    """The course, under the reference and all identifiers that the file gives it."""
    ids: list[str] = []
    titles: list[str | None] = []
    for reference in _references(resource.content):
        named = values.text(reference, "reference")
        ids += [named.split("/_history/")[0]] if named and not named.startswith("#") else []
        ids += _identifiers([values.one(reference, "identifier")])
        found = directory.find(reference, resource)
        if found is not None:
            ids += _identifiers(values.many(found.content, "identifier"))
            titles += [values.concepts(values.many(found.content, "type")), values.text(found.content, "title")]
        titles.append(values.text(reference, "display"))
    return Course(tuple(dict.fromkeys(ids)), next((each for each in titles if each), None))


def _references(content: Json) -> list[Json]:
    extensions = [each for each in values.many(content, "extension") if each.get("url") == EPISODE]
    found = [values.one(each, "valueReference") for each in extensions]
    for each in values.many(content, "supportingInformation"):
        kind = values.text(each, "type") or (values.text(each, "reference") or "").rpartition("/")[0].rpartition("/")[2]
        if kind in KINDS:
            found.append(each)
    return found


def _identifiers(identifiers: list[Json]) -> list[str]:
    pairs = ((values.text(each, "system"), values.text(each, "value")) for each in identifiers)
    return [f"{system}|{value}" if system else value for system, value in pairs if value]
