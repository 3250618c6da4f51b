"""The operator: who acts at the command line, and how their access to one citizen is opened."""

import argparse
import getpass
import json
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from app import errors
from app.access import service as access
from app.cli.installation import Installation
from app.grant import Action, Actor, Grant
from app.identity import citizens, number
from app.identity.person import Number

Read = Callable[[Session, Grant], Any]


def actor() -> Actor:
    """The operator under the name they have on this machine."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        name = "unknown"
    return Actor(f"operator:{name}", "operator")


def cpr(text: str) -> Number:
    """An argument that is a person number; the message never repeats it."""
    try:
        return number.read_number(text)
    except errors.Invalid as error:
        raise argparse.ArgumentTypeError(error.detail) from None


def read_one(installation: Installation, of: Number, action: Action, read: Read) -> Any:
    """Open one citizen's record under an operator's grant, logged, and read from it in the same transaction."""
    with installation.parts().database.transaction() as session:
        citizen_id = citizens.find(session, of)
        if citizen_id is None:
            raise errors.NotFound("Nobody with this number is known here.")
        grant = access.open_record(session, actor(), citizen_id, action, "operation", installation.now())
        return read(session, grant)


def print_json(value: object) -> None:
    """Print JSON for a person and a program alike."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
