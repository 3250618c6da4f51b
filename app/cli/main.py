"""Reads the arguments, runs one command, and turns what went wrong into a sentence and an exit code."""

import argparse
import importlib
import json
import os
import sys
from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from app import errors
from app.cli.installation import Installation
from app.config import NotConfigured

DONE, REFUSED = 0, 1

# Where each command lives. Only the called one is loaded: the others would double the time until a command begins.
MODULES = {
    "serve": "app.cli.serve",
    "import": "app.cli.importing",
    "card": "app.cli.reading",
    "dose-plan": "app.cli.reading",
    "appointments": "app.cli.reading",
    "refresh": "app.cli.refresh",
    "worker": "app.cli.worker",
    "decide": "app.cli.decide",
    "log": "app.cli.log",
    "witness": "app.cli.witness",
    "receipt": "app.cli.receipt",
    "alarms": "app.cli.alarms",
    "case-systems": "app.cli.case_systems",
    "keys": "app.cli.keys",
    "db": "app.cli.db",
    "export": "app.cli.export",
    "demo": "app.cli.demo",
    "openapi": "app.cli.openapi",
}

Command = Callable[[argparse.Namespace, Installation], int]


def run(arguments: Sequence[str], installation: Installation) -> int:
    """Run one command: 0 done, 1 something was refused, 2 wrong use (argparse exits with it)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    parsed = parser(arguments[0] if arguments else "").parse_args(arguments)
    command: Command = parsed.command
    try:
        code = command(parsed, installation)
        sys.stdout.flush()
    except errors.DomainError as error:
        return _refuse(error.code, error.detail)
    except NotConfigured as error:
        return _refuse("not_configured", error.detail)
    except SQLAlchemyError as error:
        return _refuse("not_ready", f"The database cannot be used ({type(error).__name__}). Nothing was changed.")
    except BrokenPipeError:
        # Whoever read our output, `head` for one, has had enough; what was done is done.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return _refuse("stopped", "Stopped. What was not finished was not kept.")
    return code


def parser(called: str = "") -> argparse.ArgumentParser:
    """The commands of the contract: the called one, or all of them if there is none of that name."""
    top = argparse.ArgumentParser(prog="naerblik", description="Nærblik at the command line. Prints JSON.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for module in dict.fromkeys([MODULES[called]] if called in MODULES else MODULES.values()):
        importlib.import_module(module).add(commands)
    return top


def _refuse(code: str, detail: str) -> int:
    print(json.dumps({"code": code, "detail": detail}, ensure_ascii=False))
    print(detail, file=sys.stderr)
    return REFUSED
