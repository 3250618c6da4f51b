"""The second party over HTTP: it cosigns what follows from what it saw, and nothing else."""

import base64
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from app import errors, factory
from app.audit import checkpoint as checkpoints
from app.audit import growing, signed_note
from app.vault.note_keys import NoteSigner
from tests.audit.rows import ORIGIN, log_key, rows
from tests.conftest import Raw
from tests.house import House
from tests.shell import Shell


class Watched:
    """A house that is served, and the witness beside it."""

    def __init__(self, house: House, shell: Shell, file: Path) -> None:
        self.house, self.shell, self.file = house, shell, file
        self.bodil = house.citizen()
        self.server: Any = None
        self.log(2)

    def log(self, times: int) -> int:
        """So many looks, and the tree signed; returns its size."""
        for _ in range(times):
            with self.house.open(self.bodil, "medication:read"):
                pass
        return growing.grow(self.house.database, ORIGIN, self.house.at).signed

    def serve(self, *witnesses: str) -> str:
        """Serve with these witnesses in the settings; returns the address."""
        self.stop()
        app = factory.create_app(replace(self.house.settings, witnesses=witnesses), self.house.opened, self.house.now)
        self.server = make_server("127.0.0.1", self.server.server_port if self.server else 0, app)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def stop(self) -> None:
        """Serve no more."""
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()

    def look(self) -> tuple[int, Any]:
        """What the witness answers."""
        return self.shell.run("witness", self.file, "--once")

    def kept(self) -> bytes:
        return self.file.read_bytes()


@pytest.fixture
def watched(light_house: House, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Iterator[Watched]:
    watched = Watched(light_house, Shell(light_house, capsys), tmp_path / "witness.json")
    code, told = watched.shell.run(
        "witness", watched.file, "--begin", "witness.example", watched.serve(), log_key(light_house).text()
    )
    assert code == 0
    watched.serve(told["key"])
    yield watched
    watched.stop()


def test_what_follows_is_cosigned_and_handed_out_with_the_checkpoint(watched: Watched) -> None:
    sizes = []
    for more in (0, 0, 1, 30):
        size = watched.log(more)
        assert watched.look() == (0, {"cosigned": size})
        sizes.append(size)
    note = signed_note.read(watched.house.client().get("/.well-known/log/checkpoint").get_data())
    key = signed_note.key(next(iter(watched.server.app.extensions["naerblik.config"].witnesses)))

    assert sizes == [3, 3, 4, 34]
    assert checkpoints.read(note.to_bytes(), log_key(watched.house)).checkpoint.size == 34
    at = checkpoints.cosigned_at(note.text, signed_note.of_key(note.lines, key), key)
    assert at == watched.house.at
    assert [size for (size,) in rows(watched.house.database, "SELECT size FROM cosignature ORDER BY size")] == [
        3,
        4,
        34,
    ]
    assert watched.file.stat().st_mode & 0o777 == 0o600


def test_a_log_that_was_cut_is_not_cosigned_and_the_proof_of_it_is_kept(watched: Watched) -> None:
    watched.look()
    raw, before = Raw(watched.house.config), watched.kept()
    for statement in (
        "DELETE FROM access_entry WHERE seq > 2",
        "UPDATE subject_head SET count = 2, in_tree = 2, head = (SELECT e.leaf FROM access_entry e WHERE e.seq = 2) "
        "WHERE count > 2",
        "DELETE FROM log_leaf WHERE position > 1",
        "DELETE FROM checkpoint",
        "UPDATE log_tree SET size = 2, signed = 0",
    ):
        raw.run(statement)
    watched.log(0)

    code, told = watched.look()
    assert (code, told["code"]) == (1, "conflict")
    assert "2 leaves, after it showed 3" in told["detail"]
    assert watched.file.with_suffix(".refused").exists()
    watched.log(1)  # as many as before, and others
    assert "two different trees of 3" in watched.look()[1]["detail"]
    watched.log(4)
    assert "does not prove" in watched.look()[1]["detail"]
    assert watched.kept() == before
    assert rows(watched.house.database, "SELECT count(*) FROM cosignature") == [(1,)]


def test_what_the_log_did_not_sign_is_not_cosigned(watched: Watched) -> None:
    said = checkpoints.Checkpoint(ORIGIN, 9, b"x" * 32)
    forged = checkpoints.sign(said, NoteSigner(b"k" * 32)).to_bytes().decode()
    Raw(watched.house.config).run("UPDATE checkpoint SET note = :note", note=forged)

    assert watched.look()[1]["code"] == "not_verified"
    assert b'"last": null' in watched.kept()


def test_it_is_kept_before_it_is_cosigned(watched: Watched) -> None:
    watched.serve()  # with no witness in the settings

    code, told = watched.look()

    assert (code, told["code"]) == (1, "source_failed")
    assert b'"last": null' not in watched.kept()


def test_a_witness_begins_once_and_only_as_it_must(watched: Watched, tmp_path: Path) -> None:
    key, run = log_key(watched.house).text(), watched.shell.run
    assert run("witness", watched.file, "--begin", "w", "http://localhost", key)[1]["code"] == "conflict"
    assert run("witness", tmp_path / "b", "--begin", "two words", "http://localhost", key)[1]["code"] == "invalid"
    assert run("witness", tmp_path / "b", "--begin", "w", "http://localhost", "no key")[1]["code"] == "not_verified"
    assert run("witness", tmp_path / "none", "--once")[1]["code"] == "not_found"
    (tmp_path / "c").write_text("{}")
    assert run("witness", tmp_path / "c", "--once")[1]["code"] == "invalid"
    assert run("log", "key") == (0, {"key": key})


def test_a_line_counts_only_by_a_known_witness_under_its_checkpoint(watched: Watched) -> None:
    client = watched.server.app.test_client()
    stranger = checkpoints.cosign("x\n", "witness.example", NoteSigner(b"k" * 32), watched.house.at).text()
    path = "/.well-known/log/cosignature"
    answers = [
        client.post(f"{path}?size=3", data=stranger).status_code,
        client.post(f"{path}?size=4", data=stranger).status_code,
        client.post(f"{path}?size=3", data=b"\xff").status_code,
        client.post(f"{path}?size=3", data="x" * 1025).status_code,
        client.post(path, data=stranger).status_code,
    ]

    assert answers == [422, 404, 422, 422, 422]
    assert rows(watched.house.database, "SELECT count(*) FROM cosignature") == [(0,)]


def test_a_known_witness_s_line_for_another_tree_is_refused(watched: Watched) -> None:
    watched.look()
    ((line,),) = rows(watched.house.database, "SELECT line FROM cosignature")
    size = watched.log(1)
    client = watched.server.app.test_client()

    assert client.post(f"/.well-known/log/cosignature?size={size}", data=line).status_code == 422
    assert client.post("/.well-known/log/cosignature?size=3", data=f"{line}\n").status_code == 204


GOOD = ("from=1&to=3", "from=3&to=3")
WRONG = ("from=0&to=3", "from=3&to=2", "from=1&to=4", "from=1", "from=-1&to=3", f"from=1&to={'9' * 40}")


@pytest.mark.parametrize(("query", "status"), [*((each, 200) for each in GOOD), *((each, 422) for each in WRONG)])
def test_proofs_are_of_trees_that_were_signed(watched: Watched, query: str, status: int) -> None:
    answer = watched.house.client().get(f"/.well-known/log/consistency?{query}")

    assert answer.status_code == status
    if status == 200:
        assert all(len(base64.b64decode(each)) == 32 for each in answer.get_data().split(b"\n") if each)


def test_nothing_signed_is_nothing_shown(light_house: House) -> None:
    assert light_house.client().get("/.well-known/log/checkpoint").status_code == 404


@pytest.mark.parametrize("key", ["nonsense", "log"])
def test_a_setting_that_names_no_witness_stops_the_start(light_house: House, key: str) -> None:
    wrong = log_key(light_house).text() if key == "log" else key
    with pytest.raises(errors.NotReady, match="NAERBLIK_WITNESSES"):
        factory.create_app(replace(light_house.settings, witnesses=(wrong,)), light_house.opened)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE cosignature SET line = replace(line, 'A', 'B')",
        "UPDATE cosignature SET line = 'nothing'",
        "UPDATE cosignature SET size = 4",
    ],
)
def test_a_changed_cosignature_is_found(watched: Watched, capsys: pytest.CaptureFixture[str], change: str) -> None:
    watched.look()
    settings = watched.server.app.extensions["naerblik.config"]
    watched.house.settings = settings
    watched.house.opened = replace(watched.house.opened, config=settings)
    shell = Shell(watched.house, capsys)
    assert shell.run("log", "verify")[1]["valid"]
    Raw(settings).run(change)

    code, told = shell.run("log", "verify")

    assert (code, [each["part"] for each in told["tree"]["faults"]]) == (1, ["cosignature"])
