"""Pushes that are refused whole: of another form, and too large."""

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


def test_a_body_of_more_than_a_megabyte_is_refused(karen: Somebody, holder: Holder) -> None:
    holder.act(karen.id, "note:write", note("x" * 1024 * 1024))
    with pytest.raises(Refused) as refused:
        holder.push()
    assert (refused.value.status, refused.value.code) == (413, "too_large")
