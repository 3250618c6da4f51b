"""JSON from strangers is read or refused, and never anything else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import errors
from app.gateways import json_text

HOSTILE = {
    "empty": b"",
    "a list": b"[1]",
    "NaN": b'{"a": NaN}',
    "infinite": b'{"a": -Infinity}',
    "too large a number": b'{"a": 1e999}',
    "too long a number": b'{"a": ' + b"9" * 5000 + b"}",
    "a name twice": b'{"a": 1, "a": 2}',
    "half a surrogate pair": b'{"a": "\\ud800"}',
    "a control character": b'{"a": "\\u0000"}',
    "a broken encoding": '{"a": "æ"}'.encode("latin-1"),
    "bottomless": b'{"a": ' * 100_000,
    "deep": b'{"a": ' + b"[" * 70 + b"]" * 70 + b"}",
    "too many values": b'{"a": [' + b"{}," * 200_000 + b"{}]}",
    "truncated": b'{"a": "b',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_json_that_no_source_may_send_is_refused(name: str) -> None:
    with pytest.raises(errors.Refused):
        json_text.parse(HOSTILE[name])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_every_unicode_encoding_is_understood(encoding: str) -> None:
    assert json_text.parse('{"navn": "Åse"}'.encode(encoding)) == {"navn": "Åse"}


def outcome(data: bytes) -> str:
    """What was read, as text, or the reason of the refusal; any other error is not caught."""
    try:
        return repr(json_text.parse(data))
    except errors.Refused as refusal:
        return refusal.detail


@given(st.binary())
def test_arbitrary_bytes_are_read_or_refused(data: bytes) -> None:
    assert outcome(data)


@given(
    st.dictionaries(st.text("abc", min_size=1), st.recursive(st.none() | st.integers(-9, 9) | st.text("xyz"), st.lists))
)
def test_plain_objects_come_back_as_they_were(content: dict[str, object]) -> None:
    assert json_text.parse(json.dumps(content).encode()) == content
