"""`keys shred`: destroy a citizen's data keys and all that is theirs, so that no copy of the database opens again."""

import argparse
import time
from typing import Any

from sqlalchemy.exc import OperationalError

from app import errors
from app.audit import shredding as tree_leaves
from app.cli import operator
from app.cli.installation import Installation
from app.db import erasing
from app.db.session import Database
from app.identity import citizens
from app.identity.person import Number

# How often, and after how many seconds, a citizen is tried again about whom somebody writes or reads just now.
TRIES, BETWEEN = 100, 0.1


def add(verbs: Any) -> None:
    """The verb and its arguments."""
    parser = verbs.add_parser("shred", help="destroy a citizen's data keys and all that is theirs, for ever")
    parser.add_argument("cpr", type=operator.cpr, metavar="CPR")
    parser.add_argument("--for-ever", action="store_true", required=True, help="say that nothing brings it back")
    parser.set_defaults(command=shred)


def shred(arguments: argparse.Namespace, installation: Installation) -> int:
    """Destroy it, and print how many rows went. Raises NotFound, and NotReady when somebody is at it all the time."""
    parts = installation.parts()
    # As the role that owns the tables: who serves may delete no entry of a log and no event.
    owner = Database(parts.config.owner_database_url, {"vault": parts.vault})
    try:
        rows = _shred(owner, arguments.cpr)
    finally:
        owner.close()
    operator.print_json({"rows": rows})
    return 0


def _shred(database: Database, number: Number) -> int:
    for _ in range(TRIES):
        try:
            with database.transaction() as session:
                citizen_id = citizens.find(session, number)
                if citizen_id is None:
                    raise errors.NotFound("Nobody with this number is known here.")
                erasing.limit_patience(session)
                tree_leaves.let_go(session, citizen_id)
                return erasing.erase(session, citizen_id)
        except OperationalError:
            time.sleep(BETWEEN)
    raise errors.NotReady("Somebody works on this record all the time. Nothing was destroyed. Try again.")
