"""A receiver of messages on loopback, and a citizen who has answered an appointment."""

import json
from typing import Any

from app.config import SourceSettings
from app.gateways import deliver, http_source
from app.records.rules import Delivery
from app.records.source import Receiver
from tests.appointments.visits import answer, answered, visit
from tests.house import House
from tests.loopback import Loopback

ID = "m" * 16
PATH = f"/Task/{ID}"


def receiver(source: Loopback, house: House, **settings: Any) -> Receiver:
    takes = frozenset({"appointment_answer", "renewal"})
    settings = {"timeout": 1, "retries": 0, "fhir_takes": takes, **settings}
    return http_source.receivers(SourceSettings(fhir_url=source.url, **settings), house.now)[0]


def task(status: str, message_id: str = ID, **more: Any) -> str:
    return json.dumps({"resourceType": "Task", "id": message_id, "intent": "order", "status": status, **more})


def answered_citizen(house: House, **changes: Any) -> str:
    citizen_id = house.citizen(source="fhir", appointments=(visit(house),))
    answer(house, citizen_id, changes.pop("said", "move"), ID, **changes)
    return citizen_id


def tick(house: House, *receivers: Receiver) -> int:
    return deliver.tick(house.database, receivers, house.now)


def delivery(house: House, citizen_id: str) -> Delivery:
    [given] = answered(house, citizen_id)
    return given.delivery
