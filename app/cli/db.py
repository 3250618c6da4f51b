"""`db upgrade`, `db current`: the schema and where it stands; `db confirm-restore`: open what a restore shut."""

import argparse
from typing import Any

from app import errors
from app.cli import operator
from app.cli.installation import Installation
from app.records import restores


def add(commands: Any) -> None:
    """The command and its verbs."""
    parser = commands.add_parser("db", help="the database's schema")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    verbs.add_parser("upgrade", help="bring it to the newest migration").set_defaults(command=upgrade)
    verbs.add_parser("current", help="tell where it stands").set_defaults(command=current)
    confirm = verbs.add_parser("confirm-restore", help="let others in again after an older backup was put back")
    whose = confirm.add_mutually_exclusive_group(required=True)
    whose.add_argument("--citizen", metavar="ID", help="the id that `alarms` names")
    whose.add_argument("--all", action="store_true", help="everybody whose shelf is closed")
    confirm.set_defaults(command=confirm_restore)


def upgrade(_arguments: argparse.Namespace, installation: Installation) -> int:
    """Migrate and print where the schema now stands."""
    installation.prepare_directory()
    operator.print_json({"revision": installation.upgrade()})
    return 0


def current(_arguments: argparse.Namespace, installation: Installation) -> int:
    """Print where the schema stands."""
    operator.print_json({"revision": installation.current_revision()})
    return 0


def confirm_restore(arguments: argparse.Namespace, installation: Installation) -> int:
    """Open to others again what was closed when a restore was noticed; print whose shelves were opened."""
    database, now = installation.parts().database, installation.now()
    with database.reading() as session:
        closed = restores.closed(session)
    if not arguments.all and arguments.citizen not in closed:
        raise errors.NotFound("No shelf of this id is closed. See: naerblik alarms")
    opened = closed if arguments.all else [arguments.citizen]
    for citizen_id in opened:
        with database.transaction() as session:
            restores.reopen(session, citizen_id, now)
    operator.print_json({"reopened": opened})
    return 0
