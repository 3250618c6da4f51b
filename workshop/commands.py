"""The commands of ./run."""

import os
import sys
from collections.abc import Callable

from workshop import backend, checks, frontend, stamps, steps

HELP = """\
./run                  install what is missing, build the page, serve it, and print the address
./run serve [ARGS]     the same, with arguments for `naerblik serve`
./run test [ARGS]      all tests; with arguments those are pytest's, and only pytest runs
./run check            formatting, lint, import rule, types, build, tests: all of them, with times
./run fix              format the code, and mend what lint can mend
./run bench [NAME]     measure; one JSON object per benchmark
./run dev              serve with reload on both sides: Flask, and Vite at http://localhost:5173
./run build            install and build, and serve nothing
./run migrate          bring the database to the newest migration (naerblik db upgrade)
./run help             this"""

# Where Vite serves in development.
DEV_PORT = "5173"


def main(arguments: list[str]) -> int:
    """Run one command: 0 done, 1 failed, 2 wrong use, 130 interrupted."""
    name, *rest = arguments or ["serve"]
    if name in ("help", "-h", "--help"):
        print(HELP)
        return 0
    command = COMMANDS.get(name)
    if command is None:
        print(f"There is no ./run {name}.\n\n{HELP}", file=sys.stderr)
        return 2
    cleaned = steps.clean(os.environ)
    os.environ.clear()
    os.environ.update(cleaned)
    os.chdir(steps.ROOT)
    steps.end_children_when_told_to()
    try:
        return command(rest)
    except steps.StepFailed as failure:
        print("\n".join(filter(None, [failure.sentence, failure.output])), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _serve(arguments: list[str]) -> int:
    _prepare(page=True)
    steps.become([str(backend.NAERBLIK), "serve", *arguments])


def _build(_arguments: list[str]) -> int:
    _prepare(page=True)
    return 0


def _test(arguments: list[str]) -> int:
    _prepare(dev=True, node=True, page=True)
    if not arguments:
        checks.typescript_tests()
    steps.become(backend.tool("pytest", *arguments))


def _check(_arguments: list[str]) -> int:
    _prepare(dev=True, node=True)
    return checks.run(checks.all_checks())


def _fix(_arguments: list[str]) -> int:
    _prepare(dev=True)
    steps.shown("Formatting", backend.tool("ruff", "format", "."))
    steps.shown("Mending", backend.tool("ruff", "check", "--fix", "."))
    return 0


def _bench(arguments: list[str]) -> int:
    _prepare(dev=True, node=True, page=True)
    steps.become(backend.tool("bench", *arguments))


def _dev(_arguments: list[str]) -> int:
    _prepare(dev=True, node=True, page=True)
    port = os.environ.setdefault("NAERBLIK_PORT", "8000")
    # The browser is at Vite's address, so that is the origin which the app must accept.
    os.environ.setdefault("NAERBLIK_BASE_URL", f"http://localhost:{DEV_PORT}")
    steps.quiet("Making the demo", [str(backend.NAERBLIK), "demo"])
    flask = backend.tool("flask", "--app", "app.factory:wsgi", "run", "--debug", "--port", port)
    vite = frontend.tool("vite/bin/vite.js", "--port", DEV_PORT, "--strictPort")
    return steps.together([(flask, steps.ROOT), (vite, frontend.STATIC)])


def _migrate(_arguments: list[str]) -> int:
    _prepare()
    steps.become([str(backend.NAERBLIK), "db", "upgrade"])


def _prepare(*, dev: bool = False, node: bool = False, page: bool = False) -> None:
    with stamps.alone():
        backend.ready(dev=dev)
        if node:
            frontend.ready()
        if page:
            frontend.build()


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "serve": _serve,
    "build": _build,
    "test": _test,
    "check": _check,
    "fix": _fix,
    "bench": _bench,
    "dev": _dev,
    "migrate": _migrate,
}
