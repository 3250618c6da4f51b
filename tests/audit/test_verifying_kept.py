"""What was cut out of all tables at once is found with a checkpoint that was kept elsewhere, while serving too."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.audit import checkpoint as checkpoints
from app.audit import growing, verifying
from app.audit import service as audit
from app.audit.checkpoint import Checkpoint
from tests.audit.rows import ORIGIN, rows
from tests.conftest import Raw
from tests.house import House
from tests.shell import Shell


def look(house: House, citizen_id: str, times: int) -> None:
    for _ in range(times):
        with house.open(citizen_id, "medication:read"):
            pass
    growing.grow(house.database, ORIGIN, house.at)


def kept(house: House, path: Path) -> Path:
    """The newest checkpoint, as somebody else keeps it."""
    ((note,),) = rows(house.database, "SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")
    path.write_text(note)
    return path


def cut(raw: Raw, at: int) -> None:
    """Take everything after an entry out of every table, so that they agree with one another."""
    for statement in (
        "DELETE FROM access_entry WHERE seq > :at",
        "UPDATE subject_head SET count = :at, in_tree = :at, "
        "head = (SELECT e.leaf FROM access_entry e WHERE e.citizen_id = subject_head.citizen_id AND e.seq = :at) "
        "WHERE count > :at",
        "DELETE FROM log_leaf WHERE position >= :at",
        "DELETE FROM checkpoint WHERE size > :at",
        "UPDATE log_tree SET size = :at, signed = :at",
    ):
        raw.run(statement, at=at)


def test_a_log_that_was_cut_everywhere_is_found_by_what_was_kept(
    house: House, raw: Raw, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bodil, shell = house.citizen(), Shell(house, capsys)
    look(house, bodil, 2)
    old = kept(house, tmp_path / "old")
    look(house, bodil, 2)
    new = kept(house, tmp_path / "new")
    for each in (old, new):
        assert shell.run("log", "verify", "--checkpoint", each)[1]["valid"]

    cut(raw, 3)

    assert shell.run("log", "verify")[1]["valid"]
    assert shell.run("log", "verify", "--checkpoint", old)[1]["valid"]
    code, told = shell.run("log", "verify", "--checkpoint", new)
    assert (code, told["valid"]) == (1, False)
    assert [(each["part"], each["place"]) for each in told["tree"]["faults"]] == [("kept", 5)]
    look(house, bodil, 4)
    assert [each["part"] for each in shell.run("log", "verify", "--checkpoint", new)[1]["tree"]["faults"]] == ["kept"]


def test_a_file_that_is_no_checkpoint_of_this_log_is_refused(
    light_house: House, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shell, path = Shell(light_house, capsys), tmp_path / "file"
    assert shell.run("log", "verify", "--checkpoint", path)[1]["code"] == "not_found"
    path.write_bytes(b"\xff\n")
    assert shell.run("log", "verify", "--checkpoint", path)[1]["code"] == "not_verified"


def test_an_empty_tree_has_the_root_of_nothing(light_house: House) -> None:
    with light_house.database.snapshot() as session:
        report = verifying.verify_tree(session, Checkpoint(ORIGIN, 0, b"x" * 32))

    assert [each.part for each in report.faults] == ["kept"]


@pytest.mark.postgresql
def test_what_is_logged_while_it_is_checked_looks_like_no_fault(served: House) -> None:
    bodil = served.citizen()
    assert checkpoints.log_key(ORIGIN, served.opened.vault.checkpoints).name == ORIGIN

    def faults(_number: int) -> int:
        with served.database.snapshot() as session:
            chains = audit.verify(session, served.at)[1]
            look_meanwhile()
            return len(chains) + len(verifying.verify_tree(session).faults)

    def look_meanwhile() -> None:
        look(served, bodil, 2)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(faults, range(6))) == [0] * 6
