"""What a caseworker learns about a consent, on both databases: a yes or a no, the same no for every reason."""

import re
from dataclasses import replace
from typing import Any

import pytest

from app import errors
from app.audit import service as audit
from app.consent import questions, receipt_checks
from app.consent.event import Party
from app.identity import citizens
from app.identity.person import Number
from app.vault import signing
from tests.access import asking
from tests.access.asking import NUMBERS, question
from tests.consent import municipality
from tests.consent.municipality import CASEWORKER, MUNICIPALITY, OTHER_MUNICIPALITY
from tests.house import House

# What belongs to the question and not to the answer: whom, under which id, and when.
OWN = {"sub", "jti", "iat", "exp", "as_of", "known_at"}


def entries(house: House, number: str) -> list[tuple[str, str, str | None, str | None, str | None]]:
    with house.database.reading() as session:
        citizen_id = citizens.find(session, Number(number, "cpr"))
    assert citizen_id is not None
    with house.open(citizen_id, "log:read") as (session, grant):
        found = [each.entry for each in audit.read_log(session, grant)]
    return [
        (each.actor, each.outcome, each.organisation, each.case_number, each.about)
        for each in found
        if each.action == "consent:status"
    ]


def test_yes_is_for_a_consent_that_holds_for_this_organisation_and_no_is_for_all_else(house: House) -> None:
    asking.populate(house)

    said = {how: asking.answered(house, question(number)) for how, number in NUMBERS.items()}

    assert said.pop("given") == "VALID"
    assert set(said.values()) == {"NOT_VALID"}
    other = replace(CASEWORKER, organisation=OTHER_MUNICIPALITY)
    assert asking.answered(house, question(NUMBERS["given"]), other) == "NOT_VALID"
    assert asking.answered(house, question(NUMBERS["elsewhere"]), other) == "VALID"


def test_yes_needs_every_action_of_the_text_for_the_purpose_that_was_asked_about(house: House) -> None:
    number = "0101601234"
    citizen_id = house.citizen(number)
    municipality.give(house, citizen_id, template="deling-paa-tvaers", purpose="treatment")
    about = {"template": "deling-paa-tvaers", "nonce": "n" * 16}
    assert asking.answered(house, question(number, purpose="treatment", **about)) == "VALID"
    assert asking.answered(house, question(number, purpose="casework", **about)) == "NOT_VALID"
    assert asking.answered(house, question(number)) == "NOT_VALID"

    municipality.block(house, citizen_id, Party("everyone"))  # of the two actions, only medication

    assert asking.answered(house, question(number, purpose="treatment", **about, case_number="2")) == "NOT_VALID"


def test_every_no_says_the_same_and_all_answers_have_one_length(house: House) -> None:
    asking.populate(house)

    tokens = {how: asking.ask(house, question(number)) for how, number in NUMBERS.items()}

    assert len({tuple(map(len, token.split("."))) for token in tokens.values()}) == 1
    assert len({token.partition(".")[0] for token in tokens.values()}) == 1
    claims = [asking.said(house, token) for how, token in tokens.items() if how != "given"]
    assert len({str({name: each[name] for name in each if name not in OWN}) for each in claims}) == 1
    assert len({each["sub"] for each in claims}) == len(claims)


def test_every_answer_takes_the_same_statements_locks_writes_and_signatures(house: House) -> None:
    asking.populate(house)
    asking.ask(house, question("0909601234"))  # the asker's own first question makes their key
    work: dict[str, list[str]] = {}

    for how, number in NUMBERS.items():
        with asking.counted(house) as seen:
            asking.ask(house, question(number))
        work[how] = seen

    assert len({tuple(each) for each in work.values()}) == 1
    statements = work["unknown"]
    assert sum("signing_key" in each for each in statements) == 1
    assert sum("INSERT INTO access_entry" in each for each in statements) == 1
    assert sum("INSERT INTO consent_question" in each for each in statements) == 1
    if house.config.database_url.startswith("postgresql"):
        assert sum("FOR UPDATE" in each for each in statements) == 1


def test_a_retry_too_takes_the_same_work_whoever_it_is_about(house: House) -> None:
    asking.populate(house)
    for number in NUMBERS.values():
        asking.ask(house, question(number))
    work = []

    for number in NUMBERS.values():
        with asking.counted(house) as seen:
            asking.ask(house, question(number))
        work.append(tuple(seen))

    assert len(set(work)) == 1
    assert not any(re.match("INSERT|UPDATE", each) for each in work[0])


def test_each_question_is_in_the_citizens_log_with_its_case_and_only_theirs(house: House) -> None:
    asking.populate(house)

    asking.ask(house, question(NUMBERS["never"]))

    assert entries(house, NUMBERS["never"]) == [
        (CASEWORKER.id, "permitted", MUNICIPALITY, "2026-17", "medicin-hjemmehjaelp")
    ]
    assert entries(house, NUMBERS["given"]) == []


def test_the_same_question_again_is_one_entry_and_is_answered_as_it_was(house: House) -> None:
    asking.populate(house)
    number = NUMBERS["given"]
    first = asking.said(house, asking.ask(house, question(number)))
    with house.database.reading() as session:
        citizen_id = citizens.find(session, Number(number, "cpr")) or ""
    house.wait(minutes=1)
    municipality.withdraw(house, citizen_id, "event-00000000000001", "event-00000000000005")
    house.wait(days=1)

    again = asking.said(house, asking.ask(house, question(number)))

    assert again == first
    assert len(entries(house, number)) == 1
    anew = asking.said(house, asking.ask(house, question(number, nonce="another-nonce-0000")))
    assert (first["status"], anew["status"]) == ("VALID", "NOT_VALID")
    assert len(entries(house, number)) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"case_number": "2026-18"},
        {"template": "deling-paa-tvaers"},
        {"nonce": "another-nonce-0000"},
    ],
)
def test_another_question_under_the_same_nonce_is_another_entry(house: House, change: dict[str, Any]) -> None:
    number = "0101601234"
    house.citizen(number)
    asking.ask(house, question(number))

    asking.ask(house, question(number, **change))
    asking.ask(house, question(number), replace(CASEWORKER, id="staff:jens"))

    assert len(entries(house, number)) == 3


def test_a_yes_can_be_acted_on_for_five_minutes_and_proves_its_instant_for_ever(house: House) -> None:
    asking.populate(house)
    token = asking.ask(house, question(NUMBERS["given"]))
    with house.database.reading() as session:
        keys = signing.own_keys(session)

    house.wait(minutes=4)
    assert receipt_checks.answer(token, keys, house.at, MUNICIPALITY).claims["status"] == "VALID"
    with pytest.raises(errors.NotVerified, match="somebody else"):
        receipt_checks.answer(token, keys, house.at, OTHER_MUNICIPALITY)
    house.wait(minutes=2)
    with pytest.raises(errors.NotVerified, match="expired"):
        receipt_checks.answer(token, keys, house.at, MUNICIPALITY)
    assert receipt_checks.evidence(token, keys, house.at).claims["status"] == "VALID"


def test_the_askers_own_log_tells_everything_but_whom(house: House) -> None:
    asking.populate(house)
    asking.ask(house, question(NUMBERS["given"]))
    house.wait(minutes=1)
    asking.ask(house, question(asking.UNKNOWN, case_number="2026-18"))
    asking.ask(house, question(asking.UNKNOWN, case_number="2026-18"))
    house.wait(minutes=1)
    asking.ask(house, question(NUMBERS["never"]), replace(CASEWORKER, id="staff:jens"))

    with house.database.transaction() as session:
        whole = questions.read_own(session, CASEWORKER, None, 10, house.at)
        newest = questions.read_own(session, CASEWORKER, None, 1, house.at)
        rest = questions.read_own(session, CASEWORKER, newest.questions[0].id, 10, house.at)
        others = questions.read_own(session, CASEWORKER, "made-up", 10, house.at)

    assert [(each.case_number, each.is_valid) for each in whole.questions] == [("2026-18", False), ("2026-17", True)]
    assert (newest.more, newest.questions + rest.questions) == (True, whole.questions)
    assert others.questions == []
