"""`naerblik decide`, as somebody types it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.house import House
from tests.shell import Shell

SHARED = Path(__file__).parent.parent / "cases" / "decide.json"
GOOD = {
    "id": "good",
    "citizen": {"id": "A"},
    "request": {"actor": {"id": "A", "level": "high"}, "action": "log:read", "purpose": "self"},
    "valid_at": "2026-05-01T12:00:00+02:00",
    "known_at": "2026-05-01T12:00:00+02:00",
}
ANSWER = {"id": "good", "decision": "permit", "reason": "self", "events": []}


@pytest.fixture
def shell(light_house: House, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(light_house, capsys)


def decide(file: str, given: bytes, folder: Path) -> tuple[int, Any, str]:
    """The exit code, the JSON and the messages of the command as a program of its own, in a place without anything.

    Its standard streams are said to be ASCII. An ASCII locale would do so too, but in it Python itself does not start
    from a folder whose name has other letters.
    """
    environ = {**os.environ, "NAERBLIK_DATA_DIR": str(folder / "var"), "PYTHONIOENCODING": "ascii"}
    told = subprocess.run(
        [sys.executable, "-m", "app", "decide", file], input=given, env=environ, capture_output=True, check=False
    )
    return told.returncode, json.loads(told.stdout), told.stderr.decode()


def test_the_shared_cases_are_answered_as_they_expect(shell: Shell) -> None:
    code, answered = shell.run("decide", SHARED)

    expected = json.loads(SHARED.read_text(encoding="utf-8"))
    for case in expected:
        case["expect"].pop("overrode", None)
    assert code == 0
    assert answered == [{"id": case["id"], **case["expect"]} for case in expected]


def test_cases_come_from_standard_input_and_need_no_installation(tmp_path: Path) -> None:
    code, answered, said = decide("-", json.dumps([{**GOOD, "id": "æøå"}]).encode(), tmp_path)

    assert (code, answered, said) == (0, [{**ANSWER, "id": "æøå"}], "")
    assert list(tmp_path.iterdir()) == []


def test_an_unreadable_case_is_answered_and_the_exit_code_is_1(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([{"id": "bad"}, GOOD]))

    code, answered = shell.run("decide", file)

    assert code == 1
    assert answered == [{"id": "bad", "error": "citizen is missing."}, ANSWER]


@pytest.mark.parametrize("content", ["{}", "", "[", "nonsense"])
def test_a_file_that_is_no_array_is_refused_with_a_sentence(shell: Shell, tmp_path: Path, content: str) -> None:
    file = tmp_path / "cases.json"
    file.write_text(content)

    code, answered = shell.run("decide", file)

    assert code == 1
    assert answered["code"] == "refused"
    assert answered["detail"].endswith(".")
    assert answered["detail"] in shell.errors


@pytest.mark.parametrize("file", ["gone.json", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(shell: Shell, file: str) -> None:
    code, answered = shell.run("decide", file)

    assert (code, answered["code"]) == (1, "refused")
    assert answered["detail"] == "The file with the cases cannot be read."
