"""FHIR R4: patients, relations, medication, appointments and consents, in and out; doses taken, out."""

from app.gateways.fhir.document import is_mine, read
from app.gateways.fhir.outgoing import bundle
from app.gateways.fhir.outgoing_mark import ToldMark
from app.gateways.fhir.outgoing_task import task, told
from app.gateways.json_text import parse

__all__ = ["ToldMark", "bundle", "is_mine", "parse", "read", "task", "told"]
