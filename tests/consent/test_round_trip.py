"""Whatever is signed here verifies here and by the documented program, and whatever cannot is not signed."""

from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from app import errors
from app.consent import receipt_checks, receipts
from app.consent.receipt import KINDS, Capacity, DataLimit, Notice, Party, Terms
from app.vault.signing import Keys
from tests.consent.receiving import answer, documented_verifier, key_set, receipt, signed
from tests.house import House

TEXTS = st.text(min_size=1, max_size=40)
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  the strategy adds it
SPANS = st.timedeltas(timedelta(0), timedelta(days=3650))
PARTIES = st.builds(
    Party, st.sampled_from(["person", "organisation", "role", "everyone"]), TEXTS, st.none() | TEXTS, st.none() | TEXTS
)
TERMS = st.builds(
    Terms,
    st.lists(PARTIES, min_size=1, max_size=3).map(tuple),
    st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
    st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
    INSTANTS,
    st.none() | INSTANTS,
    st.lists(PARTIES, max_size=2).map(tuple),
    st.none() | st.builds(DataLimit, st.none() | TEXTS, st.none() | TEXTS, st.none() | TEXTS),
)
RECEIPTS = st.fixed_dictionaries(
    {
        "event": st.sampled_from([(kind, concerns) for concerns, kinds in KINDS.items() for kind in sorted(kinds)]),
        "capacity": st.sampled_from(get_args(Capacity)),
        "receipt_id": TEXTS,
        "citizen_id": TEXTS,
        "given_by": TEXTS,
        "event_id": TEXTS,
        "recorded_at": INSTANTS,
        "terms": st.none() | TERMS,
        "notice": st.none() | st.builds(Notice, st.just("0f" * 32), st.none() | TEXTS),
    }
)
ANSWERS = st.fixed_dictionaries(
    {
        "is_valid": st.booleans(),
        "audience": TEXTS,
        "template": TEXTS,
        "purpose": TEXTS,
        "before": st.tuples(SPANS, SPANS),
        "answered_at": INSTANTS,
        "nonce": st.text("abcXYZ019-_", min_size=16, max_size=128),
    }
)
on_one_house = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@on_one_house
@given(said=RECEIPTS)
def test_every_receipt_that_is_made_verifies(light_house: House, said: dict[str, Any]) -> None:
    kind, concerns = said.pop("event")
    made, published = receipt(kind, concerns, **said), key_set(light_house)
    try:
        token = signed(light_house, made)
    except errors.Invalid:
        # A person number by chance, or a grant without a text read.
        reject()

    at = made.recorded_at
    claims = receipt_checks.receipt(token, Keys(published), at).claims
    assert documented_verifier()(token, published, receipts.RECEIPT, receipts.HOLDER, at.timestamp()) == claims
    assert (claims["event"], claims["event_time"]) == (made.kind, receipts.instant(at))


@on_one_house
@given(said=ANSWERS)
def test_every_answer_that_is_made_verifies_for_its_five_minutes(light_house: House, said: dict[str, Any]) -> None:
    as_of, known_at = (said["answered_at"] - span for span in said.pop("before"))
    made, published = answer(as_of=as_of, known_at=known_at, **said), key_set(light_house)
    try:
        token = signed(light_house, made)
    except errors.Invalid:
        # A person number by chance.
        reject()

    keys = Keys(published)
    at, end = made.answered_at, made.answered_at.replace(microsecond=0) + timedelta(minutes=5)
    claims = receipt_checks.answer(token, keys, at, made.audience).claims
    assert documented_verifier()(token, published, receipts.STATUS, made.audience, at.timestamp()) == claims
    assert claims["status"] == ("VALID" if made.is_valid else "NOT_VALID")
    assert receipt_checks.answer(token, keys, end - timedelta(microseconds=1), made.audience)
    with pytest.raises(errors.NotVerified, match="expired"):
        receipt_checks.answer(token, keys, end, made.audience)


def test_an_instant_without_a_zone_is_no_instant(light_house: House) -> None:
    with pytest.raises(ValueError, match="time zone"):
        signed(light_house, receipt(recorded_at=datetime(2026, 1, 1)))  # noqa: DTZ001  that it is refused is what is tested


@pytest.mark.parametrize("change", [{"issuer": ""}, {"receipt_id": ""}, {"grant_id": ""}, {"event_id": ""}])
def test_a_receipt_without_a_name_is_not_made(light_house: House, change: dict[str, str]) -> None:
    with pytest.raises(errors.Invalid, match="names"):
        signed(light_house, receipt(**change))
