"""The citizen's own notes: kept, changed, never lost."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import errors
from app.grant import Actor
from app.notes import service as notes
from app.notes.service import Note
from tests.house import House

QUESTION = Note("note-1", "medication", "some-key", "question", "Kan jeg tage den om aftenen?")


def write(house: House, citizen_id: str, note: Note) -> bool:
    with house.open(citizen_id, "notes:write", Actor(citizen_id, "citizen")) as (session, grant):
        return notes.record_note(session, grant, note, house.at)


def read(house: House, citizen_id: str) -> list[Note]:
    with house.open(citizen_id, "notes:read", Actor(citizen_id, "citizen")) as (session, grant):
        return notes.read_notes(session, grant)


def test_a_note_is_kept_as_it_was_written(house: House) -> None:
    citizen_id = house.citizen()

    write(house, citizen_id, QUESTION)
    [kept] = read(house, citizen_id)

    assert replace(kept, version=None, written_at=None) == QUESTION
    assert kept.written_at == house.at


def test_a_change_to_the_version_that_was_seen_changes_it(house: House) -> None:
    citizen_id = house.citizen()
    write(house, citizen_id, QUESTION)
    [seen] = read(house, citizen_id)

    kept_both = write(house, citizen_id, replace(seen, done=True))

    assert not kept_both
    assert [each.done for each in read(house, citizen_id)] == [True]


def test_two_changes_to_one_version_are_both_kept(house: House) -> None:
    citizen_id = house.citizen()
    write(house, citizen_id, QUESTION)
    [seen] = read(house, citizen_id)

    write(house, citizen_id, replace(seen, text="Fra telefonen"))
    kept_both = write(house, citizen_id, replace(seen, text="Fra tabletten"))
    again = write(house, citizen_id, replace(seen, text="Fra tabletten"))

    assert kept_both
    assert again
    assert {each.text for each in read(house, citizen_id)} == {"Fra telefonen", "Fra tabletten"}


def test_a_note_that_changed_elsewhere_is_not_deleted(light_house: House) -> None:
    citizen_id = light_house.citizen()
    write(light_house, citizen_id, QUESTION)
    [seen] = read(light_house, citizen_id)
    write(light_house, citizen_id, replace(seen, text="Nyt"))

    with (
        light_house.open(citizen_id, "notes:write", Actor(citizen_id, "citizen")) as (session, grant),
        pytest.raises(errors.Stale),
    ):
        notes.remove_note(session, grant, seen.id, seen.version or "")


def test_a_deleted_note_is_gone_and_may_be_deleted_again(house: House) -> None:
    citizen_id = house.citizen()
    write(house, citizen_id, QUESTION)
    [seen] = read(house, citizen_id)

    for _ in range(2):
        with house.open(citizen_id, "notes:write", Actor(citizen_id, "citizen")) as (session, grant):
            notes.remove_note(session, grant, seen.id, seen.version or "")

    assert read(house, citizen_id) == []


def test_an_access_for_something_else_does_not_cover_notes(light_house: House) -> None:
    citizen_id = light_house.citizen()

    with (
        light_house.open(citizen_id, "medication:read") as (session, grant),
        pytest.raises(errors.NotAllowed),
    ):
        notes.read_notes(session, grant)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=5, unique=True), data=st.data())
def test_no_order_of_writes_loses_a_text(light_house: House, texts: list[str], data: st.DataObject) -> None:
    """Whatever versions the writers had seen, a text that nobody overwrote knowingly is still there."""
    citizen_id = light_house.citizen()
    name = f"note-{light_house.at.timestamp()}-{len(texts)}-{data.draw(st.integers(0, 10**9))}"
    versions: list[Note | None] = [None]
    expected: set[str] = set()
    for text in texts:
        seen = data.draw(st.sampled_from(versions))
        standing = next((each for each in read(light_house, citizen_id) if each.id == name), None)
        if seen is not None and standing is not None and seen.version == standing.version:
            expected.discard(standing.text)
        base = replace(QUESTION, id=name, about_key=name)
        write(light_house, citizen_id, replace(base, text=text, version=seen.version if seen else None))
        expected.add(text)
        versions += [each for each in read(light_house, citizen_id) if each.id == name]

    assert expected <= {each.text for each in read(light_house, citizen_id) if each.about_key == name}
