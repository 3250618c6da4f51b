"""Runs the workshop's tools: a step is quiet unless it fails, and none of its children outlives ./run."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".run"

# Seconds that children get to end by themselves before they are killed.
PATIENCE = 10

# Settings of the caller that would send an installation elsewhere, or half of it.
MISLEADING = (
    "NODE_ENV",
    "PIP_CONSTRAINT",
    "PIP_EDITABLE",
    "PIP_NO_DEPS",
    "PIP_PREFIX",
    "PIP_PYTHON",
    "PIP_REQUIREMENT",
    "PIP_ROOT",
    "PIP_TARGET",
    "PYTHONHOME",
    "PYTHONPATH",
    "VIRTUAL_ENV",
    "__PYVENV_LAUNCHER__",
)


class StepFailed(Exception):
    """A step that could not be done: one sentence for the reader, and what the tool said, in full."""

    def __init__(self, sentence: str, output: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.output = output.strip()


def clean(environ: Mapping[str, str]) -> dict[str, str]:
    """The caller's environment without what misleads pip, Python and npm, and with a home that can be written to."""
    cleaned = {name: value for name, value in environ.items() if name.upper() not in MISLEADING}
    cleaned |= {
        "PIP_REQUIRE_VIRTUALENV": "0",
        "PIP_USER": "0",
        "PIP_NO_INPUT": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    home = cleaned.get("HOME", "")
    if not home or not os.access(home, os.W_OK | os.X_OK):
        own = STATE / "home"
        own.mkdir(parents=True, exist_ok=True)
        cleaned["HOME"] = str(own)
    return cleaned


def quiet(title: str, command: Sequence[str], cwd: Path = ROOT, text: str | None = None) -> str:
    """Run a tool, optionally with ``text`` on its stdin; return its stdout, or raise StepFailed with all it said."""
    with _child(command, cwd, subprocess.PIPE if text else subprocess.DEVNULL, subprocess.PIPE) as child:
        output, messages = child.communicate(text)
    if child.returncode != 0:
        raise StepFailed(f"{title} failed (exit {child.returncode}).", f"{output}\n{messages}")
    return output


def shown(title: str, command: Sequence[str], cwd: Path = ROOT) -> None:
    """Run a tool whose output the reader follows; raise StepFailed if it fails."""
    sys.stdout.flush()
    with _child(command, cwd, subprocess.DEVNULL) as child:
        code = child.wait()
    if code != 0:
        raise StepFailed(f"{title} failed (exit {code}).")


def together(commands: Sequence[tuple[Sequence[str], Path]]) -> int:
    """Run servers side by side; when one ends, or ./run is stopped, all end. Returns the exit code of the first."""
    with contextlib.ExitStack() as stack:
        children = [stack.enter_context(_child(command, cwd)) for command, cwd in commands]
        pid, status = os.wait()
        for child in children:
            if child.pid == pid:
                child.returncode = os.waitstatus_to_exitcode(status)
                return child.returncode
    return 0


def become(command: Sequence[str]) -> NoReturn:
    """Turn ./run into the program, so that signals, terminal and exit code are the program's own."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(command[0], list(command), dict(os.environ))  # noqa: S606 - no shell is wanted


def end_children_when_told_to() -> None:
    """Let SIGTERM and SIGHUP unwind like Ctrl-C does, so that steps end their children."""

    def leave(number: int, _frame: object) -> None:
        sys.exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


@contextlib.contextmanager
def _child(
    command: Sequence[str], cwd: Path, stdin: int | None = None, output: int | None = None
) -> Iterator["subprocess.Popen[str]"]:
    # A session of its own lets the whole family be ended, for npm and Vite start further processes.
    child = subprocess.Popen(
        command, cwd=cwd, encoding="utf-8", start_new_session=True, stdin=stdin, stdout=output, stderr=output
    )
    try:
        yield child
    finally:
        _end(child)


def _end(child: "subprocess.Popen[str]") -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGTERM)
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
