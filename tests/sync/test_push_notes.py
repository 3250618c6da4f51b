"""Notes changed again before they were sent: one note stays one, and what others wrote is never written over."""

from typing import Any

import pytest

from tests.copy import Holder
from tests.sync.people import Somebody

NAME = "note-0123456789abcdef"


class Phone:
    """A device of Karen's that writes one note. ``seen`` is the mark that it names: what its last pull brought."""

    def __init__(self, karen: Somebody) -> None:
        self.space = karen.id
        self.holder: Holder = karen.holder()
        self.holder.sync()

    @property
    def seen(self) -> str | None:
        space = self.holder.spaces[self.space]
        return next((space.mark("note", key) for key, said in self._notes().items() if said["id"] == NAME), None)

    def write(self, text: str, *, done: bool = False, send: bool = False) -> int:
        args = {"id": NAME, "about": "medication", "about_key": "k", "kind": "question", "text": text, "done": done}
        mid = self.holder.act(self.space, "note:write", args, self.seen)
        if send:
            self.holder.push()
        return mid

    def remove(self) -> int:
        return self.holder.act(self.space, "note:remove", {"id": NAME}, self.seen)

    def sync(self) -> list[str]:
        """All texts that stand then."""
        self.holder.sync()
        return sorted(said["text"] for said in self._notes().values())

    def _notes(self) -> dict[str, Any]:
        return self.holder.spaces[self.space].contents("note")


@pytest.mark.parametrize("send", [False, True])
def test_a_note_changed_before_it_was_sent_stays_one(karen: Somebody, send: bool) -> None:
    phone = Phone(karen)
    phone.write("Kan jeg", send=send)
    phone.write("Kan jeg svømme?", send=send)
    assert phone.sync() == ["Kan jeg svømme?"]
    phone.write("Kan jeg svømme?", done=True, send=send)
    phone.write("Kan jeg svømme?", done=False, send=send)
    phone.write("Kan jeg løbe?", send=send)
    assert phone.sync() == ["Kan jeg løbe?"]


def test_a_note_removed_before_it_was_sent_is_gone(karen: Somebody) -> None:
    phone = Phone(karen)
    phone.write("Nyt")
    mid = phone.remove()
    assert phone.sync() == []
    assert phone.holder.outcomes[mid] == "applied"
    phone.write("Nyt igen")
    phone.sync()
    phone.write("Rettet")
    phone.remove()
    assert phone.sync() == []


def test_what_another_device_wrote_is_kept_beside_it(karen: Somebody) -> None:
    phone, tablet = Phone(karen), Phone(karen)
    phone.write("Fælles")
    phone.sync()
    tablet.sync()
    tablet.write("Fra tabletten")
    tablet.sync()
    phone.write("Fra telefonen")
    phone.write("Fra telefonen, rettet")
    removal = phone.remove()
    assert phone.sync() == ["Fra tabletten", "Fra telefonen, rettet"]
    assert phone.holder.outcomes[removal] == "rejected:stale"


def test_a_second_note_that_another_device_changed_is_not_written_over(karen: Somebody) -> None:
    phone, tablet = Phone(karen), Phone(karen)
    phone.write("Fælles")
    phone.sync()
    tablet.sync()
    tablet.write("Fra tabletten")
    tablet.sync()
    phone.write("Fra telefonen", send=True)
    tablet.sync()
    space = tablet.holder.spaces[karen.id]
    [(key, second)] = [(key, said) for key, said in space.contents("note").items() if said["id"] != NAME]
    args = {name: second[name] for name in ("id", "about", "about_key", "kind", "done")} | {
        "text": "Rettet på tabletten"
    }
    tablet.holder.act(karen.id, "note:write", args, space.mark("note", key))
    tablet.sync()
    phone.write("Fra telefonen, rettet")
    assert phone.sync() == ["Fra tabletten", "Fra telefonen, rettet", "Rettet på tabletten"]


def test_a_new_note_of_one_device_is_not_another_devices(karen: Somebody) -> None:
    phone, tablet = Phone(karen), Phone(karen)
    phone.write("Fra telefonen")
    phone.sync()
    tablet.write("Fra tabletten")
    removal = tablet.remove()
    assert tablet.sync() == ["Fra tabletten", "Fra telefonen"]
    assert tablet.holder.outcomes[removal] == "rejected:stale"
