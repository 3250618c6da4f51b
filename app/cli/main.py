"""Reads the arguments, runs one command, and turns what went wrong into a sentence and an exit code."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from app import errors
from app.cli import db, demo, export, importing, keys, log, openapi, reading, refresh, serve
from app.cli.installation import Installation
from app.config import NotConfigured

DONE, REFUSED = 0, 1

Command = Callable[[argparse.Namespace, Installation], int]


def run(arguments: Sequence[str], installation: Installation) -> int:
    """Run one command: 0 done, 1 something was refused, 2 wrong use (argparse exits with it)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    parsed = parser().parse_args(arguments)
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


def parser() -> argparse.ArgumentParser:
    """All commands of the contract."""
    top = argparse.ArgumentParser(prog="naerblik", description="Nærblik at the command line. Prints JSON.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for module in (serve, importing, reading, refresh, log, keys, db, export, demo, openapi):
        module.add(commands)
    return top


def _refuse(code: str, detail: str) -> int:
    print(json.dumps({"code": code, "detail": detail}, ensure_ascii=False))
    print(detail, file=sys.stderr)
    return REFUSED
