"""Whom a receipt or an answer is for, when it holds, and that no forgery does, here or by the documented program."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature

from app import errors
from app.consent import receipt_checks, receipts
from app.vault.signing import Keys
from tests import forgeries
from tests.conftest import NOW
from tests.consent.receiving import ODENSE, answer, documented_verifier, key_set, program, receipt, signed
from tests.house import House
from tests.signer import Signer, of_the_house

Documented = Callable[..., dict[str, Any]]
# What the documented program catches around its call.
REFUSALS = (ValueError, KeyError, TypeError, RecursionError, InvalidSignature)


@pytest.fixture
def documented() -> Documented:
    """The `verify` that the page prints."""
    return documented_verifier()


def test_the_documented_program_needs_nothing_but_cryptography_and_is_short() -> None:
    imported = set(re.findall(r"^(?:from|import) ([\w., ]+?)(?: import|$)", program(), re.MULTILINE))

    assert {each.strip().split(".")[0] for line in imported for each in line.split(",")} == {
        "base64",
        "json",
        "sys",
        "time",
        "cryptography",
    }
    assert len([line for line in program().splitlines() if line.strip()]) <= 50


def test_both_verifiers_read_the_same_receipt(house: House, documented: Documented) -> None:
    token, published = signed(house, receipt()), key_set(house)

    ours = receipt_checks.receipt(token, Keys(published), NOW).claims

    assert documented(token, published, receipts.RECEIPT, receipts.HOLDER, NOW.timestamp()) == ours


def test_no_forgery_holds_before_either_verifier(light_house: House, documented: Documented) -> None:
    published = key_set(light_house)
    keys = Keys(published)
    for typ, audience, token, ours in (
        (receipts.RECEIPT, receipts.HOLDER, signed(light_house, receipt()), receipt_checks.receipt),
        (receipts.STATUS, ODENSE, signed(light_house, answer()), receipt_checks.evidence),
    ):
        for name, forged in forgeries.of_strangers(token, published):
            with pytest.raises(errors.NotVerified):
                pytest.fail(f"ours, {typ}, {name}: {ours(forged, keys, NOW)}")
            with pytest.raises(REFUSALS):
                pytest.fail(f"documented, {name}: {documented(forged, published, typ, audience, NOW.timestamp())}")


def test_neither_verifier_takes_another_form_from_the_right_key(documented: Documented) -> None:
    right = Signer()
    claims = receipts.receipt_claims(receipt(), str)
    published = right.key_set()
    now = NOW.timestamp()
    good = right.sign(right.header(receipts.RECEIPT), claims)

    assert receipt_checks.receipt(good, Keys(published), NOW).claims == claims
    assert documented(good, published, receipts.RECEIPT, receipts.HOLDER, now) == claims
    for name, forged in of_the_house(right, receipts.RECEIPT, claims):
        with pytest.raises(errors.NotVerified):
            pytest.fail(f"ours, {name}: {receipt_checks.receipt(forged, Keys(published), NOW)}")
        with pytest.raises(REFUSALS):
            pytest.fail(f"documented, {name}: {documented(forged, published, receipts.RECEIPT, receipts.HOLDER, now)}")


def test_a_receipt_is_no_answer_and_an_answer_no_receipt(light_house: House, documented: Documented) -> None:
    kept, told, published = signed(light_house, receipt()), signed(light_house, answer()), key_set(light_house)
    keys = Keys(published)

    with pytest.raises(errors.NotVerified, match="typ"):
        receipt_checks.receipt(told, keys, NOW)
    with pytest.raises(errors.NotVerified, match="typ"):
        receipt_checks.evidence(kept, keys, NOW)
    with pytest.raises(ValueError, match="type"):
        documented(kept, published, receipts.STATUS, receipts.HOLDER, NOW.timestamp())


def test_an_answer_is_for_the_one_who_asked(light_house: House, documented: Documented) -> None:
    token, published = signed(light_house, answer()), key_set(light_house)
    keys = Keys(published)

    for audience in ("cvr:29189420", "", ODENSE + " ", receipts.HOLDER):
        with pytest.raises(errors.NotVerified, match="somebody else"):
            receipt_checks.answer(token, keys, NOW, audience)
        with pytest.raises(errors.NotVerified, match="somebody else"):
            receipt_checks.evidence(token, keys, NOW, audience)
        with pytest.raises(ValueError, match="somebody else"):
            documented(token, published, receipts.STATUS, audience, NOW.timestamp())
    with pytest.raises(errors.NotVerified, match="somebody else"):
        receipt_checks.receipt(signed(light_house, receipt()), keys, NOW, ODENSE)


def test_an_answer_ends_after_five_minutes_and_is_evidence_for_ever(house: House, documented: Documented) -> None:
    token, published = signed(house, answer(is_valid=False)), key_set(house)
    keys, last, end = Keys(published), NOW + timedelta(minutes=5, microseconds=-1), NOW + timedelta(minutes=5)

    def theirs(at: float, *, as_evidence: bool) -> str:
        return str(documented(token, published, receipts.STATUS, ODENSE, at, as_evidence)["status"])

    assert receipt_checks.answer(token, keys, last, ODENSE).claims["status"] == "NOT_VALID"
    assert theirs(last.timestamp(), as_evidence=False) == "NOT_VALID"
    with pytest.raises(errors.NotVerified, match="expired"):
        receipt_checks.answer(token, keys, end, ODENSE)
    with pytest.raises(ValueError, match="expired"):
        theirs(end.timestamp(), as_evidence=False)
    later = NOW + timedelta(days=36_500)
    assert receipt_checks.evidence(token, keys, later, ODENSE).claims["status"] == "NOT_VALID"
    assert theirs(later.timestamp(), as_evidence=True) == "NOT_VALID"


@pytest.mark.parametrize(("seconds", "holds"), [(-60, True), (-61, False)])
def test_what_will_be_made_in_the_future_is_refused(
    light_house: House, documented: Documented, seconds: int, holds: bool
) -> None:
    now, published = NOW + timedelta(seconds=seconds), key_set(light_house)
    kept, told = signed(light_house, receipt()), signed(light_house, answer())
    keys = Keys(published)
    asks: list[Callable[[], object]] = [
        lambda: receipt_checks.receipt(kept, keys, now),
        lambda: receipt_checks.answer(told, keys, now, ODENSE),
        lambda: receipt_checks.evidence(told, keys, now),
        lambda: documented(kept, published, receipts.RECEIPT, receipts.HOLDER, now.timestamp()),
        lambda: documented(told, published, receipts.STATUS, ODENSE, now.timestamp(), True),
    ]

    for ask in asks:
        if holds:
            assert ask()
        else:
            with pytest.raises((errors.NotVerified, ValueError), match="future"):
                ask()


@pytest.mark.parametrize(
    "change",
    [
        {"exp": None},
        {"exp": "soon"},
        {"exp": True},
        {"exp": 1795599000 + 301},
        {"iat": None},
        {"iat": True, "exp": 301},
        {"iat": 1.5},
        {"iat": "1795599000"},
        {"aud": [ODENSE]},
        {"aud": None},
        {"status": "valid"},
        {"status": True},
        {"nonce": ""},
        {"known_at": None},
    ],
)
def test_an_answer_in_which_something_is_amiss_is_refused_though_it_is_signed(change: dict[str, Any]) -> None:
    right = Signer()
    claims = {
        name: value for name, value in (receipts.answer_claims(answer(), "s") | change).items() if value is not None
    }

    with pytest.raises(errors.NotVerified):
        receipt_checks.evidence(right.sign(right.header(receipts.STATUS), claims), Keys(right.key_set()), NOW)


@pytest.mark.parametrize("name", receipt_checks.RECEIPT_TEXTS)
def test_a_receipt_that_lacks_something_is_refused_though_it_is_signed(name: str) -> None:
    right = Signer()
    claims = {key: value for key, value in receipts.receipt_claims(receipt(), str).items() if key != name}

    with pytest.raises(errors.NotVerified):
        receipt_checks.receipt(right.sign(right.header(receipts.RECEIPT), claims), Keys(right.key_set()), NOW)


def test_the_documented_program_runs_as_it_is_printed(light_house: House, tmp_path: Path) -> None:
    (tmp_path / "verify.py").write_text(program())
    (tmp_path / "keys.json").write_text(json.dumps(key_set(light_house)))
    # The program looks at the machine's own clock, so this was made long before any run of the test.
    then = datetime(2020, 1, 1, tzinfo=UTC)
    token = signed(light_house, answer(is_valid=True, as_of=then, known_at=then, answered_at=then))
    (tmp_path / "good.jws").write_text(f"{token}\n")
    (tmp_path / "bad.jws").write_text(token[:-9] + ("A" if token[-9] != "A" else "B") + token[-8:])

    def run(file: str) -> tuple[int, str, str]:
        words = [sys.executable, "-I", "verify.py", file, "keys.json", receipts.STATUS, ODENSE, "evidence"]
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    code, told, _ = run("good.jws")
    assert (code, json.loads(told)["status"]) == (0, "VALID")
    assert run("bad.jws") == (1, "", "It does not hold: the signature does not fit\n")
