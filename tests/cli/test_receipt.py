"""`naerblik receipt verify`, as somebody types it."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from app.cli import main as cli
from app.consent.receipt import ConsentReceipt, StatusAnswer
from app.vault import signing_keys
from tests.consent.receiving import ODENSE, answer, key_set, receipt, signed
from tests.house import CommandLine, House
from tests.shell import Shell


class Nothing(CommandLine):
    """A machine on which nothing of ours is set up; it has a clock."""

    def parts(self) -> Any:
        raise AssertionError("no installation may be opened")

    def config(self) -> Any:
        raise AssertionError("no setting may be read")


@pytest.fixture
def shell(light_house: House, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(light_house, capsys)


@pytest.fixture
def keys(light_house: House, tmp_path: Path) -> Path:
    path = tmp_path / "jwks.json"
    path.write_text(json.dumps(key_set(light_house)))
    return path


def written(house: House, folder: Path, what: ConsentReceipt | StatusAnswer, end: str = "") -> Path:
    path = folder / "text.jws"
    path.write_text(signed(house, what) + end)
    return path


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_receipt_verifies_with_the_installations_own_keys(
    light_house: House, shell: Shell, tmp_path: Path, end: str
) -> None:
    code, told = shell.run("receipt", "verify", written(light_house, tmp_path, receipt(), end))

    assert (code, told["verified"], told["as"]) == (0, True, "receipt")
    assert told["claims"]["event"] == "grant"


def test_it_needs_no_installation_when_it_has_the_keys(
    light_house: House, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(light_house, tmp_path, receipt())

    code = cli.run(["receipt", "verify", str(file), "--jwks", str(keys)], Nothing(light_house))

    assert code == 0
    assert json.loads(capsys.readouterr().out)["kid"] == key_set(light_house)["keys"][0]["kid"]


def test_an_answer_is_acted_on_for_five_minutes_and_kept_as_evidence(
    light_house: House, shell: Shell, keys: Path, tmp_path: Path
) -> None:
    ask = ["receipt", "verify", written(light_house, tmp_path, answer()), "--jwks", keys]

    assert shell.run(*ask, "--as", "answer", "--audience", ODENSE)[1]["claims"]["status"] == "VALID"
    assert shell.run(*ask, "--as", "answer", "--audience", "cvr:1")[1]["code"] == "not_verified"
    code, told = shell.run(*ask, "--as", "answer")
    assert (code, "--audience" in told["detail"]) == (1, True)
    light_house.wait(minutes=5)
    assert shell.run(*ask, "--as", "answer", "--audience", ODENSE)[0] == 1
    assert shell.run(*ask, "--as", "evidence")[0] == 0
    assert shell.run(*ask, "--as", "evidence", "--audience", "cvr:1")[0] == 1


def test_standard_input_is_read(light_house: House, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = io.TextIOWrapper(io.BytesIO(f"{signed(light_house, receipt())}\n".encode()))
    monkeypatch.setattr(sys, "stdin", sent)

    assert shell.run("receipt", "verify", "-")[0] == 0


def test_old_receipts_verify_after_the_keys_were_rotated(light_house: House, shell: Shell, tmp_path: Path) -> None:
    file = written(light_house, tmp_path, receipt())
    before = file.read_text()

    shell.run("keys", "rotate")

    assert shell.run("receipt", "verify", file)[0] == 0
    with light_house.database.reading() as session:
        assert len(signing_keys.public_keys(session)) == 2
    assert signed(light_house, receipt()).partition(".")[0] != before.partition(".")[0]


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"x.y.z", b"\xff\xfe", b"\0" * 100, b"e" * 200_000, "æøå".encode(), b"{}", b"a.b.c\n\n"],
)
def test_what_is_no_receipt_is_refused_with_a_sentence(shell: Shell, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bad.jws"
    file.write_bytes(content)

    code, told = shell.run("receipt", "verify", file)

    assert (code, told["code"]) == (1, "not_verified")
    assert told["detail"].endswith(".")
    assert shell.errors.strip() == told["detail"]


@pytest.mark.parametrize("content", ["", "[]", "{", '{"keys": 1}', '{"keys": [1]}', "[" * 100_000])
def test_keys_that_are_none_verify_nothing(light_house: House, shell: Shell, tmp_path: Path, content: str) -> None:
    keys = tmp_path / "bad.json"
    keys.write_text(content)

    code, told = shell.run("receipt", "verify", written(light_house, tmp_path, receipt()), "--jwks", keys)

    assert (code, told["code"]) == (1, "not_verified")


@pytest.mark.parametrize("place", ["none.jws", "."])
def test_a_file_that_is_not_there_is_a_sentence(shell: Shell, keys: Path, tmp_path: Path, place: str) -> None:
    assert shell.run("receipt", "verify", tmp_path / place)[0] == 1
    assert shell.run("receipt", "verify", keys, "--jwks", tmp_path / place)[0] == 1
