"""`demo`: people and data to play with."""

import argparse
import hashlib
from pathlib import Path
from typing import Any

from app import clock, errors
from app.cli import operator
from app.cli.installation import Installation
from app.consent.ledger import Issuer
from app.consent.receipt import Controller
from app.db import installation as stamps
from app.gateways import demo

# In the data directory: for which day, database and wording of the demo its people were last put in.
MARK = "demo-people"


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
    # The readers of all sources come with it: they would slow every start, and only the first of a day needs them.
    from app.gateways import intake

    now = installation.now()
    with installation.parts().database.transaction() as session:
        demo.agreed.put_in(session, _issuer(installation), now)
    for facts in demo.facts(now):
        with installation.parts().database.transaction() as session:
            intake.record(session, operator.actor(), facts, "record:import", now)


def keep_current(installation: Installation) -> None:
    """Put the people in unless this database has them as of today."""
    mark = installation.config().data_dir / MARK
    standing = _standing(installation)
    if not mark.is_file() or mark.read_text() != standing:
        put_in(installation)
        mark.write_text(standing)


def _issuer(installation: Installation) -> Issuer:
    settings = installation.config()
    return Issuer(settings.base_url.rstrip("/"), Controller(settings.run_by or "Nærblik", settings.contact))


def _standing(installation: Installation) -> str:
    with installation.parts().database.reading() as session:
        born = stamps.born(session)
    digest = hashlib.sha256(f"{clock.civil_date(installation.now())} {born}".encode())
    for file in sorted(Path(demo.__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
