"""Requests that are refused whole: of another form, sent twice, by a device that may not act; news without tokens."""

import pytest

from tests.copy import PULL, Holder, Refused
from tests.house import House
from tests.sync.people import Somebody


def test_a_request_of_another_form_is_refused_and_its_number_is_not_used_up(karen: Somebody) -> None:
    holder = karen.holder()
    body = holder.pull_body()
    wrong = [
        {**body, "v": 2},
        {**body, "more": 1},
        {**body, "confirmed": -1},
        {**body, "queued": True},
        {**body, "spaces": [{"space": "a", "cursor": None, "acked": None}] * 2},
        {**body, "spaces": [{"space": f"s{number}", "cursor": None, "acked": None} for number in range(51)]},
        {key: value for key, value in body.items() if key != "wiped"},
    ]
    for each in wrong:
        status, problem, _ = holder.device.ask(PULL, each)
        assert (status, problem["code"]) == (422, "invalid")
    holder.device.counter -= len(wrong)
    assert holder.pull()["spaces"][0]["answer"] == "snapshot"


def test_a_request_is_answered_once(karen: Somebody) -> None:
    holder = karen.holder()
    holder.pull()
    holder.device.counter -= 1
    with pytest.raises(Refused) as refused:
        holder.pull()
    assert (refused.value.status, refused.value.code) == (409, "nonce_used")


@pytest.mark.parametrize("has_copy", [False, True], ids=["without a token", "with tokens"])
def test_a_push_under_a_number_that_was_used_does_nothing(karen: Somebody, has_copy: bool) -> None:
    holder = karen.holder()
    if has_copy:
        holder.sync()
    else:
        holder.device.ask(PULL, holder.pull_body())
    args = {"about": "medication", "about_key": "k", "kind": "note", "text": "Spørg om det", "done": False}
    written = holder.act(karen.id, "note:write", {"id": "note-0123456789abcdef", **args})
    assert bool(holder.push_body()["acked"]) is has_copy
    holder.device.counter -= 1
    with pytest.raises(Refused) as refused:
        holder.push()

    assert (refused.value.status, refused.value.code) == (409, "nonce_used")
    assert karen.client.get(f"/api/v1/citizens/{karen.id}/notes").get_json()["notes"] == []
    holder.sync()
    assert holder.outcomes[written] == "applied"


def test_a_device_whose_person_logged_in_too_long_ago_is_told_to_log_in_and_keeps_what_it_has(
    karen: Somebody, house: House
) -> None:
    holder = karen.holder()
    holder.pull()
    house.wait(days=30)
    with pytest.raises(Refused) as refused:
        holder.pull()
    assert (refused.value.status, refused.value.code) == (401, "login_needed")

    karen.log_in_again()
    holder.device.stamp(karen.headers, karen.session["csrf"])
    assert holder.pull()["spaces"][0]["answer"] in ("delta", "up_to_date")


def test_the_answer_is_never_kept_by_anything_between(karen: Somebody) -> None:
    holder = karen.holder()
    body = b"{}"
    status, headers, _ = holder.device.send("POST", PULL, holder.device.signed(PULL, body, holder.device.nonce()), body)
    assert status == 422
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("written", [b"", b"nonsense", b"\xff", b"a\n" * 60])
def test_news_takes_only_tokens_that_the_server_made(karen: Somebody, written: bytes) -> None:
    holder: Holder = karen.holder()
    holder.pull()
    status, _, _ = holder.device.send("POST", "/api/v1/sync/news", {}, written)
    assert status == 422
