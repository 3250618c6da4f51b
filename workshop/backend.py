"""The Python side: a virtual environment with exactly the locked packages, and the command `naerblik` in it."""

import importlib.util
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from workshop import stamps, steps
from workshop.steps import ROOT

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NAERBLIK = VENV / "bin" / "naerblik"

NO_PIP = "This Python has neither ensurepip nor pip. Install one of them, on Debian: apt-get install python3-venv"


def ready(*, dev: bool) -> None:
    """Make the environment, with the tools for tests and checks if ``dev``."""
    # Asking its Python takes longer than all other steps of a warm start, so it is asked once for each Python.
    if not stamps.is_done("venv", _interpreter()):
        if not _works():
            stamps.forget("python", "dev", "node")
            _make()
        stamps.record("venv", _interpreter())
    keys = {
        name: stamps.fingerprint([str(ROOT)], [ROOT / file])
        for name, file in (("python", "requirements.txt"), ("dev", "requirements-dev.txt"))
    }
    if dev:
        stamps.once("dev", keys["dev"], [NAERBLIK], lambda: _fill("requirements-dev.txt"))
    # The dev file holds everything the plain one does, at the same versions, so this is then quickly seen to be there.
    stamps.once("python", keys["python"], [NAERBLIK], lambda: _fill("requirements.txt"))


def install(requirements: str) -> None:
    """Install a hash-pinned list into the environment."""
    command = ["install", "--quiet", "--require-hashes", "--no-deps", "--no-warn-script-location", "-r", requirements]
    steps.quiet(f"Installing the Python packages of {requirements}", [*_pip(), *command])


def site_packages() -> Path:
    """Where the environment keeps its packages."""
    return next(VENV.glob("lib/python3*/site-packages"))


def tool(module: str, *arguments: str) -> list[str]:
    """A command that runs a Python tool of the environment."""
    return [str(PYTHON), "-m", module, *arguments]


def _interpreter() -> str:
    """Which Python the environment stands on: another file under the same name is another Python."""
    try:
        there = PYTHON.resolve(strict=True)
        standing = there.stat()
    except OSError:
        return ""
    return f"{VENV} {there} {standing.st_size} {standing.st_mtime_ns}"


def _works() -> bool:
    """Whether the environment is there and its Python is the one it was made for."""
    question = "import sys; print(sys.prefix, 'lib/python%d.%d/site-packages' % sys.version_info[:2], sep='\\n')"
    try:
        answer = subprocess.run([PYTHON, "-I", "-c", question], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    prefix, packages = answer.stdout.splitlines()
    return Path(prefix).resolve() == VENV and (VENV / packages).is_dir()


def _make() -> None:
    print("Making the Python environment …", file=sys.stderr, flush=True)
    if VENV.exists():
        shutil.rmtree(VENV)
    has_ensurepip = importlib.util.find_spec("ensurepip") is not None
    if not has_ensurepip and importlib.util.find_spec("pip") is None:
        raise steps.StepFailed(NO_PIP)
    command = [_base_python(), "-m", "venv", *([] if has_ensurepip else ["--without-pip"]), str(VENV)]
    steps.quiet("Making the Python environment", command)


def _base_python() -> str:
    # An activated .venv makes `python3` its own; the environment cannot be remade with the Python that it holds.
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def _pip() -> list[str]:
    if (site_packages() / "pip").is_dir():
        return tool("pip")
    if importlib.util.find_spec("pip") is None:
        raise steps.StepFailed(NO_PIP)
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def _fill(requirements: str) -> None:
    print(f"Installing {requirements} …", file=sys.stderr, flush=True)
    install(requirements)
    (site_packages() / "naerblik.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    # No shebang to the environment's Python: one with a space in its path does not work. -P: not what lies in the
    # caller's folder.
    NAERBLIK.write_text(f'#!/bin/sh\nexec {shlex.quote(str(PYTHON))} -P -m app "$@"\n', encoding="utf-8")
    NAERBLIK.chmod(0o755)
