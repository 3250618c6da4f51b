"""Marks that are taken back before any pull has told their keys."""

from tests.copy import Holder
from tests.sync.people import Somebody
from tests.sync.test_push import dose, said


def test_a_dose_that_was_marked_and_taken_back_without_a_net_is_both_in_one_push(
    karen: Somebody, holder: Holder
) -> None:
    marked = holder.act(karen.id, "dose:mark", dose(holder, karen.id))
    undone = holder.act(karen.id, "dose:undo", {"of": marked}, v=2)
    unknown = holder.act(karen.id, "dose:undo", {"of": undone}, v=2)
    ahead = holder.act(karen.id, "dose:undo", {"of": 1_000}, v=2)
    holder.sync()

    refused = ["rejected:not_found", "rejected:malformed"]
    assert said(holder, marked, undone, unknown, ahead) == ["applied", "applied", *refused]
    kept = holder.spaces[karen.id].contents("dose_mark")
    [key] = [key for key, each in kept.items() if each["undoes"] is None]
    assert [each["undoes"] for each in kept.values() if each["undoes"]] == [key]


def test_an_amount_comes_with_the_mark_to_every_device(karen: Somebody, holder: Holder) -> None:
    some = {**dose(holder, karen.id), "quantity": "1.5", "unit": "tabletter"}
    with_amount = holder.act(karen.id, "dose:mark", some, v=2)
    without = holder.act(karen.id, "dose:mark", dose(holder, karen.id, ordinal=2))
    holder.sync()
    assert said(holder, with_amount, without) == ["applied", "applied"]
    kept = holder.spaces[karen.id].contents("dose_mark").values()
    assert {each["ordinal"]: each.get("quantity") for each in kept} == {1: "1.5", 2: None}
    assert [each["unit"] for each in kept if "unit" in each] == ["tabletter"]
