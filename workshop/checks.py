"""`./run check`: every check with its name and time; all run, also after one has failed."""

import sys
import time
from collections.abc import Callable

from workshop import backend, frontend, steps

Check = tuple[str, Callable[[], None]]


def all_checks() -> list[Check]:
    """The checks in the order in which they run, the quick ones first."""
    return [
        ("format", lambda: _python("format", "ruff", "format", "--check", ".")),
        ("lint", lambda: _python("lint", "ruff", "check", ".")),
        ("import rule", _import_rule),
        ("types", lambda: _python("types", "mypy")),
        ("API types", frontend.generate_types),
        ("TypeScript page", lambda: _node("TypeScript page", "typescript/bin/tsc", "-p", "tsconfig.json")),
        ("TypeScript core", lambda: _node("TypeScript core", "typescript/bin/tsc", "-p", "tsconfig.core.json")),
        ("build", frontend.build),
        ("TypeScript tests", typescript_tests),
        ("tests", lambda: steps.shown("tests", backend.tool("pytest"))),
    ]


def typescript_tests() -> None:
    """Vitest over static/src and static/sw."""
    steps.shown("TypeScript tests", frontend.tool("vitest/vitest.mjs", "run"), cwd=frontend.STATIC)


def run(checks: list[Check]) -> int:
    """Run all checks, print each with its time; 1 if any failed."""
    lines = [_timed(name, check) for name, check in checks]
    print("\n".join(["", *lines]), flush=True)
    return 1 if any(line.startswith("FAILED") for line in lines) else 0


def _timed(name: str, check: Callable[[], None]) -> str:
    begun = time.monotonic()
    verdict = "ok    "
    try:
        check()
    except steps.StepFailed as failure:
        verdict = "FAILED"
        print("\n".join(filter(None, ["", failure.sentence, failure.output])), file=sys.stderr, flush=True)
    line = f"{verdict} {name:<18} {time.monotonic() - begun:6.1f} s"
    print(line, flush=True)
    return line


def _python(name: str, module: str, *arguments: str) -> None:
    steps.quiet(name, backend.tool(module, *arguments))


def _import_rule() -> None:
    steps.quiet("import rule", [str(backend.VENV / "bin" / "lint-imports")])


def _node(name: str, path: str, *arguments: str) -> None:
    steps.quiet(name, frontend.tool(path, *arguments), cwd=frontend.STATIC)
