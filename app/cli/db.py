"""`db upgrade` and `db current`: the schema and its numbered migrations."""

import argparse
from typing import Any

from app.cli import operator
from app.cli.installation import Installation


def add(commands: Any) -> None:
    """The command and its verbs."""
    parser = commands.add_parser("db", help="the database's schema")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    verbs.add_parser("upgrade", help="bring it to the newest migration").set_defaults(command=upgrade)
    verbs.add_parser("current", help="tell where it stands").set_defaults(command=current)


def upgrade(_arguments: argparse.Namespace, installation: Installation) -> int:
    """Migrate and print where the schema now stands."""
    installation.prepare_directory()
    operator.print_json({"revision": installation.upgrade()})
    return 0


def current(_arguments: argparse.Namespace, installation: Installation) -> int:
    """Print where the schema stands."""
    operator.print_json({"revision": installation.current_revision()})
    return 0
