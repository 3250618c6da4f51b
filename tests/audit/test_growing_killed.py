"""Whatever a tree that grows is killed in, every entry stands in it once and no size has two roots."""

import subprocess
import sys
from pathlib import Path

from tests.browser.serving import ROOT


def test_killed_at_every_statement_and_commit_it_loses_and_doubles_nothing(tmp_path: Path, database_url: str) -> None:
    command = [sys.executable, "-m", "tests.audit.grow_and_die", str(tmp_path / "data"), database_url]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 15
