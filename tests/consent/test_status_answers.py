"""What an answer about a consent says, and what nobody can read from it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from app import errors
from app.consent import receipts
from app.consent.receipt import ConsentReceipt, StatusAnswer
from app.identity.person import Number
from tests.conftest import NOW
from tests.consent.receiving import NUMBER, answer, receipt, said, signed
from tests.house import House


@given(nonce=st.from_regex(r"[A-Za-z0-9_-]{16,128}", fullmatch=True), back=st.integers(0, 10**10))
def test_a_yes_and_a_no_differ_in_status_and_pad_only_and_have_one_length(nonce: str, back: int) -> None:
    instants = {"as_of": NOW - timedelta(milliseconds=back), "nonce": nonce}
    try:
        yes, no = (
            receipts.answer_claims(answer(is_valid=is_valid, **instants), "s" * 43) for is_valid in (True, False)
        )
    except errors.Invalid as error:
        assert "person number" in error.detail  # noqa: PT017  the nonce happened to hold one
        return

    assert (yes["status"], no["status"]) == ("VALID", "NOT_VALID")
    assert {name for name in yes if yes[name] != no[name]} == {"status", "pad"}
    assert len(json.dumps(yes)) == len(json.dumps(no))


def test_no_answer_tells_by_its_length_whether_the_person_is_known(house: House) -> None:
    house.citizen(NUMBER.value)
    answers = [
        answer(is_valid=True),
        answer(is_valid=False),
        answer(is_valid=False, number=Number("0202601234", "cpr")),
        answer(is_valid=False, number=Number("150170AAA4", "x-ecpr"), as_of=NOW - timedelta(microseconds=7)),
    ]

    tokens = [signed(house, each) for each in answers]

    assert len({tuple(map(len, token.split("."))) for token in tokens}) == 1
    assert len({token.partition(".")[0] for token in tokens}) == 1


def test_a_persons_pseudonym_stays_as_they_become_known_and_differs_between_organisations(house: House) -> None:
    def sub(what: StatusAnswer) -> str:
        claims = said(house, signed(house, what), receipts.STATUS)
        return str(claims["sub"])

    before = sub(answer())
    house.citizen(NUMBER.value)
    house.wait(days=1)

    assert sub(answer(is_valid=False, answer_id="1" * 32)) == before
    assert sub(answer(audience="cvr:29189420")) != before
    assert sub(answer(number=Number("0202601234", "cpr"))) != before
    assert said(house, signed(house, receipt()), receipts.RECEIPT)["sub"] != before
    assert NUMBER.value not in json.dumps(said(house, signed(house, answer()), receipts.STATUS))


def test_an_answer_holds_for_five_minutes() -> None:
    claims = receipts.answer_claims(answer(), "s")

    assert claims["exp"] - claims["iat"] == 300


@pytest.mark.parametrize(
    "change",
    [
        {"as_of": NOW + timedelta(microseconds=1)},
        {"known_at": NOW + timedelta(seconds=1)},
        {"nonce": "short"},
        {"nonce": "n" * 129},
        {"nonce": "n" * 16 + "\n"},
        {"nonce": "æ" * 16},
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(errors.Invalid):
        receipts.answer_claims(answer(**change), "s")


@pytest.mark.parametrize(
    "made", [receipt(), answer(), answer(is_valid=False), answer(number=Number("0202601234", "cpr"))]
)
def test_whatever_is_signed_asks_the_database_once(house: House, made: ConsentReceipt | StatusAnswer) -> None:
    house.citizen(NUMBER.value)
    asked: list[str] = []
    with house.database.transaction() as session:
        event.listen(house.database.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
        if isinstance(made, ConsentReceipt):
            receipts.sign_receipt(session, made)
        else:
            receipts.sign_answer(session, made)

    assert [statement.split()[0] for statement in asked if "signing_key" in statement] == ["SELECT"]
    assert len([statement for statement in asked if not statement.startswith("BEGIN")]) == 1
