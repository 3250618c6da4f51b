"""The text of consent cases: a broken case does not take the others with it, and nothing takes the reader down."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import errors
from app.consent import case_text, cases
from tests.consent.test_cases import LEAST

Json = dict[str, Any]


def read(text: str | bytes) -> list[Any]:
    return case_text.read(text.encode() if isinstance(text, str) else text)


def answers(text: str | bytes) -> list[Json]:
    return cases.answers(read(text))[0]


GOOD = json.dumps(LEAST)
DEEP = '{"id": "deep", "note": "],}\\"[{", "events": ' + "[" * 100_000 + "]" * 100_000 + "}"


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("NaN", "number"),
        ("-Infinity", "number"),
        ("1e999", "number"),
        ("9" * 5000, "number"),
        ("12", "no object"),
        ('{"id": "x", "id": "x"}', "twice"),
        ('{"id": "x", "citizen": {"id": "A", "id": "B"}}', "citizen names a member twice"),
        ('{"id": "x", "citizen": NaN}', "number"),
        ('{"id": "\\ud800"}', "id must be a text"),
        (DEEP, "nested too deeply"),
        ("[" * 100_000 + "]" * 100_000, "nested too deeply"),
    ],
    ids=lambda each: each[:20],
)
def test_one_broken_case_leaves_the_others_their_answers(broken: str, said: str) -> None:
    answered = answers(f"[{GOOD}, {broken} ,\n{GOOD}]")

    assert [each.get("decision") for each in answered] == ["deny", None, "deny"]
    assert said in answered[1]["error"]
    assert json.dumps(answered, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{}",
        b"null",
        b'"[]"',
        b"[",
        b"[{]",
        b"[]]",
        b"[1,]",
        b"[01]",
        b"['a']",
        b"\xff\xfe\xfd",
        b'[{"id": "\xe6"}]',
        b"[" * 100_000,
        b"{" * 100_000,
        b'{"a":' * 100_000,
        b"[" * 50_000 + b"]" * 50_001,
        b"[" * 50_000 + b"]" * 50_000 + b" x",
        b"[" * 50_000 + b'"' + b'\\"' * 500_000,
        b"[" * 50_000 + b"]" * 50_000 + b', "x',
    ],
    ids=lambda each: repr(each[:12]),
)
def test_what_is_no_array_is_refused_whole_with_a_sentence(text: bytes) -> None:
    with pytest.raises(errors.Refused) as refusal:
        read(text)

    assert refusal.value.detail.endswith(".")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le"])
def test_every_unicode_encoding_is_understood(encoding: str) -> None:
    assert answers(f"[{GOOD}]".encode(encoding))[0]["id"] == "least"


def test_no_cases_have_no_answers() -> None:
    assert cases.answers(read("[]")) == ([], 0)


@given(st.binary(max_size=60))
def test_arbitrary_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = read(data)
    except errors.Refused:
        return
    assert all("id" in each for each in cases.answers(found)[0])
