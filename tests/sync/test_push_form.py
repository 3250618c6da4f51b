"""Pushes that are refused whole: of another form, and too large."""

import json
from typing import Any

import pytest

from tests.copy import PUSH, Holder, Refused
from tests.sync.people import Somebody
from tests.sync.test_push import note


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"acts": []},
        {"acked": ["x" * 1001]},
        {"more": 1},
        {"twice": True},
        {"falling": True},
        {"many": 101},
    ],
)
def test_a_push_of_another_form_is_refused_whole(karen: Somebody, holder: Holder, change: dict[str, Any]) -> None:
    for number in range(2 if "many" not in change else 101):
        holder.act(karen.id, "note:write", note(name=f"note-0123456789abcde{number}"))
    body = holder.push_body(most=200)
    if "twice" in change:
        body["acts"][1] = body["acts"][0]
    elif "falling" in change:
        body["acts"].reverse()
    elif "many" not in change:
        body |= change
    status, problem, _ = holder.device.ask(PUSH, body)
    assert (status, problem["code"]) == (422, "invalid")
    assert karen.client.get(f"/api/v1/citizens/{karen.id}/notes").get_json()["notes"] == []


@pytest.mark.parametrize(
    "text",
    [
        '"half a letter \\ud83d"',
        '"\\udc8a half a letter"',
        "NaN",
        "-Infinity",
        "1e400",
        "9" * 5000,
        "[" * 100_000 + "]" * 100_000,
    ],
    ids=["half", "other half", "NaN", "infinite", "beyond bounds", "too long", "too deep"],
)
def test_what_can_be_read_and_not_be_written_is_refused_and_does_not_hold_up_the_rest(
    karen: Somebody, holder: Holder, text: str
) -> None:
    holder.act(karen.id, "note:write", note("put-it-here"))
    body = json.dumps(holder.push_body()).replace('"put-it-here"', text).encode()
    headers = holder.device.signed(PUSH, body, holder.device.nonce())
    status, _, answer = holder.device.send("POST", PUSH, headers, body)
    assert (status, json.loads(answer)["code"]) == (422, "invalid")

    # What a device does of itself: it refuses what cannot be read, and sends what is left.
    holder.outbox.clear()
    written = holder.act(karen.id, "note:write", note("Spørg om 💊"))
    holder.sync()
    assert holder.outcomes == {written: "applied"}


def test_a_body_of_more_than_a_megabyte_is_refused(karen: Somebody, holder: Holder) -> None:
    holder.act(karen.id, "note:write", note("x" * 1024 * 1024))
    with pytest.raises(Refused) as refused:
        holder.push()
    assert (refused.value.status, refused.value.code) == (413, "too_large")
