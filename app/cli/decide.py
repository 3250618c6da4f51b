"""`decide FILE|-`: what the rules of consent say to cases, so that anyone can check them from outside."""

import argparse
import sys
from pathlib import Path
from typing import Any

from app import errors
from app.cli import operator
from app.cli.installation import Installation
from app.consent import case_text, cases


def add(commands: Any) -> None:
    """The command and its argument."""
    parser = commands.add_parser("decide", help="decide consent cases: a JSON array in, a JSON array out")
    parser.add_argument("file", metavar="FILE|-", help="the file with the cases, or - for standard input")
    parser.set_defaults(command=decide)


def decide(arguments: argparse.Namespace, _installation: Installation) -> int:
    """Print an answer to each case; exit 1 when any of them could not be read. Needs no database and no keys."""
    answered, unreadable = cases.answers(case_text.read(_bytes(arguments.file)))
    operator.print_json(answered)
    return 1 if unreadable else 0


def _bytes(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except (OSError, ValueError):
        # ValueError: a name that no file can have, with a null character in it.
        raise errors.Refused("The file with the cases cannot be read.") from None
