"""`log CPR` and `log verify`: a citizen's access log, and whether any log was changed."""

import argparse
from typing import Any

from app.audit import service as audit
from app.audit import wire
from app.cli import operator
from app.cli.installation import Installation
from app.identity import decoys


def add(commands: Any) -> None:
    """The command and its argument."""
    parser = commands.add_parser("log", help="a citizen's access log, or verify all of them")
    parser.add_argument("of", type=_of, metavar="CPR|verify")
    parser.set_defaults(command=log)


def log(arguments: argparse.Namespace, installation: Installation) -> int:
    """Print the log, or the verification; exit 1 when a log has a fault."""
    if arguments.of == "verify":
        with installation.parts().database.reading() as session:
            checked, findings = audit.verify(session, installation.now())
            nobody = decoys.standing(session)
        # All are checked; those of nobody are not counted.
        operator.print_json(wire.verification(checked - nobody, findings))
        return 1 if findings else 0
    operator.print_json(wire.log(operator.read_one(installation, arguments.of, "log:read", audit.read_log)))
    return 0


def _of(text: str) -> object:
    return text if text == "verify" else operator.cpr(text)
