"""./run itself: what it tells, what it does once, what it ends, and what it keeps out of the lock files."""

import os
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from workshop import backend, checks, commands, frontend, stamps, steps

ROOT = Path(__file__).resolve().parent.parent.parent
LOCK_FILES = (
    "uv.lock",
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-node.txt",
    "static/package-lock.json",
)


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A .run folder of the test's own."""
    monkeypatch.setattr(stamps, "STATE", tmp_path / "state")
    monkeypatch.setattr(steps, "STATE", tmp_path / "state")
    return tmp_path / "state"


def python(code: str) -> list[str]:
    """A step that runs these lines of Python."""
    return [sys.executable, "-c", code]


def test_help_names_every_command() -> None:
    answer = subprocess.run([ROOT / "run", "help"], capture_output=True, text=True, check=True)
    assert set(commands.COMMANDS) <= set(re.findall(r"\./run (\w+)", answer.stdout))


def test_an_unknown_command_is_wrong_use_and_shows_the_known_ones() -> None:
    answer = subprocess.run([ROOT / "run", "fly"], capture_output=True, text=True, check=False)
    assert answer.returncode == 2
    assert answer.stderr.startswith("There is no ./run fly.")
    assert commands.HELP in answer.stderr


def test_a_failed_step_says_one_sentence_and_keeps_all_that_the_tool_said() -> None:
    with pytest.raises(steps.StepFailed) as failure:
        steps.quiet("Weaving", python("import sys; print('to and fro'); sys.exit('the thread broke')"))
    assert failure.value.sentence == "Weaving failed (exit 1)."
    assert failure.value.output.split() == ["to", "and", "fro", "the", "thread", "broke"]


def test_a_quiet_step_reads_its_text_and_gives_its_output() -> None:
    assert steps.quiet("Echo", python("print(input()[::-1], end='')"), text="æøå\n") == "åøæ"


def test_a_step_is_done_once_for_the_same_inputs(state: Path, tmp_path: Path) -> None:
    made, output = [], tmp_path / "made"

    def make() -> None:
        output.touch()
        made.append(1)

    for key in ("a", "a", "b"):
        stamps.once("cloth", key, [output], make)
    assert made == [1, 1]
    assert (state / "cloth.stamp").read_text() == "b"


def test_a_step_whose_output_is_gone_is_done_again(state: Path, tmp_path: Path) -> None:
    output = tmp_path / "made"
    stamps.once("cloth", "a", [output], output.touch)
    output.unlink()
    stamps.once("cloth", "a", [output], output.touch)
    assert output.exists()
    assert stamps.is_done("cloth", "a", [output])
    assert state.is_dir()


def test_a_step_that_breaks_off_leaves_no_stamp(state: Path) -> None:
    stamps.once("cloth", "a", [], lambda: None)

    def tear() -> None:
        raise steps.StepFailed("Torn.")

    with pytest.raises(steps.StepFailed):
        stamps.once("cloth", "b", [], tear)
    assert not (state / "cloth.stamp").exists()


def test_a_fingerprint_tells_names_and_contents_apart(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("x")
    other.write_text("")
    before = stamps.fingerprint([], [one, other])
    assert before == stamps.fingerprint([], [other, one])
    one.write_text("")
    other.write_text("x")
    assert stamps.fingerprint([], [one, other]) != before
    assert stamps.fingerprint(["ab", "c"], []) != stamps.fingerprint(["a", "bc"], [])


def test_files_under_a_folder_leave_out_the_named_children_only(tmp_path: Path) -> None:
    for name in ("dist/a.js", "src/dist/b.js", "c.js", "d.css"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = {str(file.relative_to(tmp_path)) for file in stamps.files_under(tmp_path, "*.js", without=["dist"])}
    assert found == {"src/dist/b.js", "c.js"}


def test_a_second_run_waits_until_the_first_has_installed(state: Path) -> None:
    lines = f"""
import pathlib
from workshop import stamps
stamps.STATE = pathlib.Path({str(state)!r})
with stamps.alone():
    print('in')
"""
    with stamps.alone():
        second = subprocess.Popen(python(lines), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert second.stderr is not None
        assert second.stderr.readline().startswith("Waiting for another ./run")
        assert second.poll() is None
    output, _ = second.communicate()
    assert output == "in\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_children_and_grandchildren_end_with_run(number: signal.Signals) -> None:
    grandchild = "import subprocess, sys; subprocess.run(['sleep', '120'])"
    lines = f"""
import pathlib, signal, sys
from workshop import steps
signal.signal(signal.SIGINT, signal.default_int_handler)
steps.end_children_when_told_to()
steps.together([([sys.executable, '-c', {grandchild!r}], pathlib.Path('.')),
                ([sys.executable, '-c', "print('up', flush=True); import time; time.sleep(120)"], pathlib.Path('.'))])
"""
    run = subprocess.Popen(python(lines), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert run.stdout is not None
    assert run.stdout.readline() == "up\n"
    run.send_signal(number)
    # The pipe reports its end only when the last process that holds it is gone.
    assert run.stdout.read() == ""
    assert run.wait() != 0
    run.stdout.close()


def test_servers_side_by_side_all_end_when_one_does() -> None:
    ends, stays = python("raise SystemExit(3)"), python("import time; time.sleep(120)")
    assert steps.together([(stays, ROOT), (ends, ROOT)]) == 3


def test_all_checks_run_also_after_one_failed(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise steps.StepFailed("Broken.", "in two")

    ran: list[str] = []
    assert checks.run([("first", fail), ("second", lambda: ran.append("second"))]) == 1
    shown = capsys.readouterr()
    assert ran == ["second"]
    assert re.search(r"FAILED first +\d+\.\d s\nok {5}second", shown.out)
    assert "Broken.\nin two" in shown.err


def test_checks_that_all_hold_end_well() -> None:
    assert checks.run([("only", lambda: None)]) == 0


def test_settings_that_would_mislead_an_installation_are_left_out(state: Path, tmp_path: Path) -> None:
    caller = {"PIP_REQUIRE_VIRTUALENV": "1", "PIP_TARGET": "/x", "PYTHONPATH": "/x", "NODE_ENV": "production"}
    cleaned = steps.clean({**caller, "HOME": str(tmp_path), "PIP_INDEX_URL": "https://pypi.org/simple"})
    assert cleaned["PIP_REQUIRE_VIRTUALENV"] == "0"
    assert cleaned.keys().isdisjoint({"PIP_TARGET", "PYTHONPATH", "NODE_ENV"})
    assert cleaned["PIP_INDEX_URL"] == "https://pypi.org/simple"
    assert cleaned["HOME"] == str(tmp_path)
    assert not state.exists()


@pytest.mark.parametrize("home", [{}, {"HOME": ""}, {"HOME": "/nowhere/at/all"}])
def test_a_caller_without_a_home_gets_one_in_the_tree(home: dict[str, str], state: Path) -> None:
    assert steps.clean(home)["HOME"] == str(state / "home")
    assert os.access(state / "home", os.W_OK)


@pytest.mark.parametrize(
    ("version", "suits"),
    [
        ("v20.18.3", False),
        ("v20.19.0", True),
        ("v21.7.0", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.19.0\n", True),
        ("v100.0.0", True),
        ("v18", False),
        ("", False),
    ],
)
def test_only_a_node_that_vite_runs_on_suits(version: str, suits: bool) -> None:
    assert frontend.suits(version) is suits


def test_the_installed_lists_are_those_of_the_lock_file() -> None:
    with (ROOT / "uv.lock").open("rb") as file:
        locked = {f"{package['name']}=={package['version']}" for package in tomllib.load(file)["package"]}
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt"):
        listed = set(re.findall(r"^[a-z0-9-]+==[^ ;]+", (ROOT / name).read_text(), re.MULTILINE))
        assert listed
        assert listed <= locked, name


def test_the_plain_list_is_part_of_the_one_for_development() -> None:
    plain, dev = (re.findall(r"^\S+==\S+", (ROOT / name).read_text(), re.MULTILINE) for name in LOCK_FILES[1:3])
    assert set(plain) < set(dev)


@pytest.mark.parametrize("name", LOCK_FILES)
def test_lock_files_name_no_host_but_the_public_registries(name: str) -> None:
    sources = re.findall(r'(?:resolved"?: "|registry = "|url = "|index-url[ =]|find-links[ =])([^"\s]+)', _text(name))
    hosts = {source.split("/")[2] for source in sources}
    assert hosts <= {"pypi.org", "files.pythonhosted.org", "registry.npmjs.org"}


def test_every_npm_package_is_pinned_by_a_hash() -> None:
    packages = re.findall(
        r'^    "(node_modules/[^"]+)": \{(.*?)^    \}', _text("static/package-lock.json"), re.MULTILINE | re.DOTALL
    )
    assert packages
    assert [name for name, entry in packages if '"integrity": "sha512-' not in entry] == []


def test_the_command_is_started_from_any_folder_by_its_path() -> None:
    assert backend.tool("pytest", "-q") == [str(ROOT / ".venv" / "bin" / "python"), "-m", "pytest", "-q"]
    answer = subprocess.run(
        [backend.PYTHON, ROOT / "run", "--help"], cwd="/", capture_output=True, text=True, check=True
    )
    assert answer.stdout.startswith("./run ")


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")
