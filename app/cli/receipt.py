"""`receipt verify FILE|-`: check a receipt of consent, or an answer about one, with the published keys."""

import argparse
import json
import sys
from pathlib import Path
from typing import IO, Any

from app import errors
from app.cli import operator
from app.cli.installation import Installation
from app.consent import receipt_checks, receipts
from app.vault import compact, signing
from app.vault.signing import Keys, Verified

# A key set has a few hundred bytes for each key, and a year a few keys.
MOST_KEY_BYTES = 1024 * 1024


def add(commands: Any) -> None:
    """The command, its verb and its arguments."""
    parser = commands.add_parser("receipt", help="receipts of consent")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    verb = verbs.add_parser("verify", help="check a receipt, or an answer about a consent")
    verb.add_argument("file", metavar="FILE|-", help="a file with the compact JWS, or - for standard input")
    verb.add_argument("--jwks", type=Path, metavar="FILE", help="the public keys; then no installation is needed")
    verb.add_argument("--as", dest="kind", choices=["receipt", "answer", "evidence"], default="receipt")
    verb.add_argument("--audience", metavar="A", help="whom it must be for, as cvr:29189420; an answer needs it")
    verb.set_defaults(command=verify)


def verify(arguments: argparse.Namespace, installation: Installation) -> int:
    """Print what it says when it holds. What does not hold is refused with a sentence, and exit code 1."""
    token = _read_token(arguments.file)
    keys = _read_keys(arguments.jwks) if arguments.jwks else _own_keys(installation)
    found = _check(arguments, token, keys, installation)
    operator.print_json({"verified": True, "as": arguments.kind, "kid": found.kid, "claims": found.claims})
    return 0


def _check(arguments: argparse.Namespace, token: str, keys: Keys, installation: Installation) -> Verified:
    now, audience = installation.now(), arguments.audience
    if arguments.kind == "receipt":
        return receipt_checks.receipt(token, keys, now, audience or receipts.HOLDER)
    if arguments.kind == "evidence":
        return receipt_checks.evidence(token, keys, now, audience)
    if not audience:
        raise errors.Invalid("An answer may be acted on only by whom it is for. Say who you are with --audience.")
    return receipt_checks.answer(token, keys, now, audience)


def _read_token(name: str) -> str:
    """The text without the end of its one line, which files have and a JWS has not."""
    try:
        if name == "-":
            data = _bounded(sys.stdin.buffer, compact.LONGEST)
        else:
            with Path(name).open("rb") as file:
                data = _bounded(file, compact.LONGEST)
        return data.decode("ascii").removesuffix("\n").removesuffix("\r")
    except OSError:
        raise errors.NotFound("The file cannot be read.") from None
    except UnicodeDecodeError:
        raise errors.NotVerified("The text holds characters that no receipt has.") from None


def _read_keys(path: Path) -> Keys:
    try:
        with path.open("rb") as file:
            found = json.loads(_bounded(file, MOST_KEY_BYTES))
    except OSError:
        raise errors.NotFound("The file of keys cannot be read.") from None
    except (ValueError, RecursionError):
        raise errors.NotVerified("The file of keys is no JSON.") from None
    return Keys(found if isinstance(found, dict) else {})


def _own_keys(installation: Installation) -> Keys:
    with installation.parts().database.reading() as session:
        return signing.own_keys(session)


def _bounded(file: IO[bytes], most: int) -> bytes:
    data = file.read(most + 3)
    if len(data) > most + 2:
        raise errors.NotVerified("The file is larger than any that this can be.")
    return data
