"""The demo's made-up people and their medication, appointments and consents, as a source would say them today."""

from app.gateways.demo import agreed
from app.gateways.demo.people import CASEWORKER, PEOPLE, Caseworker, DemoPerson
from app.gateways.demo.receivers import receivers
from app.gateways.demo.sources import facts

__all__ = ["CASEWORKER", "PEOPLE", "Caseworker", "DemoPerson", "agreed", "facts", "receivers"]
