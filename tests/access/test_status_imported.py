"""A caseworker's answer by consents of other systems: as valid as those given here, and no more work to tell."""

import json
from typing import Any

from app.gateways import intake
from tests.access import asking
from tests.access.asking import NUMBERS, question
from tests.consent.municipality import MUNICIPALITY
from tests.gateways.fhir.consents import about, actor, organisation, provision, purpose
from tests.gateways.fhir.consents import consent as resource
from tests.house import House

CASEWORK = provision(
    period={"start": "2026-01-01", "end": "2027-12-31"},
    actor=[actor(organisation(MUNICIPALITY))],
    purpose=purpose("CAREMGT"),
)


def take_in(house: House, number: str, root: dict[str, Any], **more: Any) -> None:
    """Import a consent of whoever has this number."""
    told = resource(root, patient=about(number), performer=[about(number)], **more)
    house.record(intake.read(json.dumps(told).encode()))


def test_an_imported_consent_makes_the_answer_valid_until_its_source_withdraws_it(house: House) -> None:
    house.citizen()
    assert asking.answered(house, question(nonce="nonce-0000000000000001")) == "NOT_VALID"
    take_in(house, "1501701234", CASEWORK)
    assert asking.answered(house, question(nonce="nonce-0000000000000002")) == "VALID"
    take_in(house, "1501701234", CASEWORK, status="inactive", meta={"lastUpdated": "2026-02-01T10:00:00Z"})
    assert asking.answered(house, question(nonce="nonce-0000000000000003")) == "NOT_VALID"


def test_answers_about_imported_consents_take_the_same_work_whatever_these_say(house: House) -> None:
    asking.populate(house)
    shut = {"type": "deny", "actor": [actor(about(NUMBERS["dead"])), actor(organisation(MUNICIPALITY))]}
    take_in(house, NUMBERS["never"], CASEWORK)
    take_in(house, NUMBERS["given"], shut)
    take_in(house, NUMBERS["elsewhere"], provision(actor=[actor(about("0303030345"))]))
    asking.ask(house, question("0909601234"))  # the asker's own first question makes their key
    work = set()

    for number in NUMBERS.values():
        with asking.counted(house) as seen:
            asking.ask(house, question(number))
        work.add(tuple(seen))

    assert len(work) == 1
    assert [asking.answered(house, question(NUMBERS[how])) for how in ("never", "given")] == ["VALID", "NOT_VALID"]
