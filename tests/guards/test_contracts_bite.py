"""Does each import contract fail when it is broken on purpose?"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

BREACHES = [
    ("Imports only point downward", "app/records/service.py", "from app.medication import service as upward"),
    ("Imports only point downward", "app/medication/service.py", "from app.appointments import service as sideways"),
    ("Imports only point downward", "app/unplaced/__init__.py", "PLACED = False"),
    ("Only app.api speaks HTTP", "app/identity/logins.py", "import flask"),
    ("Only app.api speaks HTTP", "app/gateways/intake.py", "import marshmallow"),
    ("Only the vault touches cryptography", "app/audit/entry.py", "from cryptography.hazmat.primitives import hashes"),
    ("Only app.push sends web push", "app/gateways/intake.py", "import pywebpush"),
    ("No cycles anywhere", "app/vault/envelope.py", "from app.vault import keys"),
]


@pytest.mark.parametrize(("contract", "place", "line"), BREACHES)
def test_a_breach_breaks_its_contract(tmp_path: Path, contract: str, place: str, line: str) -> None:
    shutil.copytree(ROOT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    broken = tmp_path / place
    broken.parent.mkdir(exist_ok=True)
    written = broken.read_text() if broken.exists() else '"""A package that nobody placed."""\n'
    broken.write_text(f"{written}\n{line}\n")
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"

    told = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 1, told.stderr
    assert f"{contract} BROKEN" in told.stdout
