"""`refresh [CPR]`: ask the configured sources anew."""

import argparse
from typing import Any

from app import errors
from app.cli import operator
from app.cli.installation import Installation
from app.gateways import refresh as gateway
from app.identity import citizens


def add(commands: Any) -> None:
    """The command and its argument."""
    parser = commands.add_parser("refresh", help="ask the configured sources about one citizen, or about all")
    parser.add_argument("cpr", type=operator.cpr, nargs="?", metavar="CPR")
    parser.set_defaults(command=refresh)


def refresh(arguments: argparse.Namespace, installation: Installation) -> int:
    """Print what each source answered; exit 1 when one could not be asked."""
    parts = installation.parts()
    if not parts.sources:
        raise errors.NotReady("No source is configured. Set NAERBLIK_FMK_URL or NAERBLIK_FHIR_URL.")
    with parts.database.reading() as session:
        found = citizens.find(session, arguments.cpr) if arguments.cpr else None
        everyone = [found] if found else citizens.all_ids(session)
    if arguments.cpr and found is None:
        raise errors.NotFound("Nobody with this number is known here.")
    tallies = gateway.refresh(parts.database, operator.actor(), parts.sources, everyone, installation.now)
    operator.print_json({"sources": tallies})
    return 1 if any(tally["failed"] or tally["not_asked"] for tally in tallies) else 0
