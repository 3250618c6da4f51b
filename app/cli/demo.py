"""`demo`: people and data to play with."""

import argparse
from typing import Any

from app import errors
from app.cli import operator
from app.cli.installation import Installation
from app.gateways import demo, intake


def add(commands: Any) -> None:
    """The command."""
    parser = commands.add_parser("demo", help="put made-up people into the demo")
    parser.set_defaults(command=fill)


def fill(_arguments: argparse.Namespace, installation: Installation) -> int:
    """Put the demo's people in, as of today, and print who they are; refused in production."""
    if not installation.config().is_demo:
        raise errors.NotAllowed("The demo's people are made up and never enter production.")
    put_in(installation)
    people = [{"id": each.id, "name": each.name, "cpr": each.number.value} for each in demo.PEOPLE]
    operator.print_json({"people": people})
    return 0


def put_in(installation: Installation) -> None:
    """Record the demo's people as of today; what is there already stays."""
    now = installation.now()
    for facts in demo.facts(now):
        with installation.parts().database.transaction() as session:
            intake.record(session, operator.actor(), facts, "record:import", now)
