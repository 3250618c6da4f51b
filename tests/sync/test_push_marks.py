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
