"""A citizen who is shredded is gone: no row is left, no backup without the data keys opens, and nobody else notices."""

import pytest
from sqlalchemy import delete, select

from app.cli import renewing, shredding
from app.db import erasing
from app.db.base import Base
from app.identity import citizens
from app.records import service as records
from app.vault import envelope
from app.vault import service as vault
from app.vault.models import DataKey
from tests.consent import municipality
from tests.copy import Refused
from tests.house import House
from tests.shell import Shell
from tests.sync import people
from tests.sync.backup import Backup
from tests.sync.people import Somebody
from tests.sync.test_pull import put, view_of
from tests.vault.test_renewing import everything

# Tables that name no citizen by an id, and why.
OTHERS = {
    "installation": "which mode this is",
    "signing_key": "the house's own keys",
    "login_attempt": "somebody who is not known yet, for minutes",
    "case_system": "programs of authorities",
    "case_system_token": "the same",
    "consent_question": "the caseworkers' own logs, in which nobody is named by id",
    "log_tree": "how large the tree over all logs is",
    "log_tile": "hashes of that tree",
    "checkpoint": "what was signed of it",
    "cosignature": "who cosigned that",
    "log_map": "how many logs there were on a day",
    "log_map_chunk": "where logs ended, under tags that lead back to nobody",
    "volume_alarm": "that a caseworker asked much, never about whom",
}


def rows_of(house: House, citizen_id: str) -> list[str]:
    """The tables in which this id stands anywhere."""
    with house.database.engine.connect() as connection:
        return [
            name
            for name, table in Base.metadata.tables.items()
            if any(citizen_id in map(str, row) for row in connection.execute(table.select()))
        ]


def number_of(house: House, citizen_id: str) -> str:
    with house.open(citizen_id, "record:export") as (session, grant):
        return next(each.value for each in citizens.read_numbers(session, grant))


def test_every_table_names_its_citizens_as_erasing_expects() -> None:
    unnamed = {name for name, table in Base.metadata.tables.items() if not erasing.names_citizens(table)}

    assert unnamed == set(OTHERS)


def test_nothing_of_a_shredded_citizen_is_left_and_no_backup_of_it_opens(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    people.with_demo(house)
    karen, helper = Somebody(house), Somebody(house, 2)
    holder, his = karen.holder(), helper.holder()
    people.grant(house, karen.id, helper.id)
    municipality.give(house, karen.id)
    people.record(house, karen.id, put("a"))
    people.grant(house, helper.id, karen.id, name="h")
    holder.sync()
    his.sync()
    his.act(karen.id, "note:remove", {"id": "x"}, "00")  # refused, and remembered as refused
    his.sync()
    assert set(rows_of(house, karen.id)) > {"citizen", "consent_grantee", "applied", "replica", "access_entry", "item"}
    backup, kept, shell = Backup(house), everything(house), Shell(house, capsys)
    number = number_of(house, karen.id)
    code, told = shell.run("keys", "shred", number, "--for-ever")

    assert (code, told["rows"] > 20) == (0, True)
    assert rows_of(house, karen.id) == []
    assert {name: value for name, value in everything(house).items() if karen.id not in name[2]} == {
        name: value for name, value in kept.items() if karen.id not in name[2]
    }
    assert shell.said("keys", "shred", number, "--for-ever")[0] == 1
    assert shell.said("log", "verify")[0] == 0
    his.sync()
    assert karen.id not in his.spaces
    with pytest.raises(Refused, match="device_unknown"):
        holder.pull()

    backup.put_back(house)
    with house.database.transaction() as session:
        session.execute(delete(DataKey).where(DataKey.citizen_id == karen.id))
    with pytest.raises(envelope.NotOpened):
        view_of(house, karen.id)
    with house.database.transaction() as session:
        box = vault.of(session).box(session, karen.id, house.at)
        for each in renewing.TABLES:
            rows_of_hers = each.of(session, karen.id)
            for row in session.scalars(select(each.table).where(rows_of_hers)) if rows_of_hers is not None else ():
                for column, place in each.columns.items():
                    with pytest.raises(envelope.NotOpened):
                        box.open(getattr(row, column), row.key_version, *place(row))


@pytest.mark.postgresql
def test_who_is_being_written_about_is_left_alone_for_now(
    served: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The one who is being written about is not let go here: further tries would only be waited for.
    monkeypatch.setattr(shredding, "TRIES", 1)
    bodil = served.citizen()
    number, shell = number_of(served, bodil), Shell(served, capsys)
    with served.open(bodil, "record:import") as (session, grant):
        records.write(session, grant, [put("a")], served.at)
        assert shell.said("keys", "shred", number, "--for-ever")[0] == 1
        assert "Nothing was destroyed" in shell.errors
    assert [key for key in view_of(served, bodil) if key[0] == "note"]
    assert shell.said("keys", "shred", number, "--for-ever")[0] == 0


def test_it_must_be_meant(light_house: House, capsys: pytest.CaptureFixture[str]) -> None:
    bodil = light_house.citizen()
    with pytest.raises(SystemExit) as refused:
        Shell(light_house, capsys).run("keys", "shred", number_of(light_house, bodil))
    assert refused.value.code == 2
    assert view_of(light_house, bodil)
