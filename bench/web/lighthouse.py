"""Lighthouse over the door of the served demo, installed when it is first asked for."""

import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

from bench.shared.figure import at_least, not_measured
from tests.browser import chromium
from workshop import frontend, stamps, steps

HERE = Path(__file__).parent
FOLDER = steps.STATE / "lighthouse"
SCRIPT = FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"
BUDGETS = {"performance": 0.95, "accessibility": 1.0}

# The oldest Node that Lighthouse 13 runs on.
OLDEST = (22, 19)


def measure(address: str, browser: str) -> dict[str, Any]:
    """Both scores, or why they could not be had."""
    try:
        _install()
        report = _run(address, browser)
    except (OSError, ValueError, subprocess.SubprocessError, steps.StepFailed) as error:
        reason = _reason(error)
        return {f"lighthouse_{name}": not_measured(f">= {least:g}", reason) for name, least in BUDGETS.items()}
    return {
        f"lighthouse_{name}": at_least(
            report["categories"][name]["score"],
            least,
            "score",
            version=report["lighthouseVersion"],
            **_faults(report, name),
        )
        for name, least in BUDGETS.items()
    }


def _install() -> None:
    """Have the locked Lighthouse and a Node that runs it; the latter is put first on PATH."""
    npm = frontend.bundled_npm() if _version() < OLDEST else ["npm"]
    locked = [HERE / "package.json", HERE / "package-lock.json"]

    def fill() -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for file in locked:
            shutil.copy(file, FOLDER)
        command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        steps.quiet("Installing Lighthouse", command, cwd=FOLDER)

    stamps.once("lighthouse", stamps.fingerprint([], locked), [SCRIPT], fill)


def _version() -> tuple[int, int]:
    if shutil.which("node") is None or shutil.which("npm") is None:
        return (0, 0)
    told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.match(r"v(\d+)\.(\d+)\.", told)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _run(address: str, browser: str) -> dict[str, Any]:
    flags = " ".join(shlex.quote(flag) for flag in ["--headless=new", *chromium.ARGUMENTS])
    command = ["node", str(SCRIPT), f"{address}/", "--output=json", "--quiet", "--no-enable-error-reporting"]
    command += [f"--only-categories={','.join(BUDGETS)}", f"--chrome-flags={flags}"]
    environment = {**os.environ, "CHROME_PATH": browser}
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=180)
    report: dict[str, Any] = json.loads(told.stdout)
    if report.get("runtimeError"):
        raise ValueError(report["runtimeError"]["message"])
    return report


def _faults(report: dict[str, Any], category: str) -> dict[str, Any]:
    """The audits that cost this category something."""
    lost = [
        each["id"]
        for each in report["categories"][category]["auditRefs"]
        if each["weight"] and (report["audits"][each["id"]]["score"] or 0) < 1
    ]
    return {"lost_at": lost} if lost else {}


def _reason(error: Exception) -> str:
    """The last line of what the tool said, else what Python says."""
    said = error.output if isinstance(error, steps.StepFailed) else getattr(error, "stderr", None)
    lines = (said or str(error)).strip().splitlines() or [type(error).__name__]
    return lines[-1][:300]
