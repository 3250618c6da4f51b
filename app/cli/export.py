"""`export CPR`: everything held on a citizen."""

import argparse
from typing import Any

from app.cli import operator
from app.cli.installation import Installation
from app.gateways import export as gateway


def add(commands: Any) -> None:
    """The command and its arguments."""
    parser = commands.add_parser("export", help="everything held on a citizen (GDPR article 15)")
    parser.add_argument("cpr", type=operator.cpr, metavar="CPR")
    parser.add_argument("--format", choices=("fhir", "json", "html"), default="json")
    parser.set_defaults(command=export)


def export(arguments: argparse.Namespace, installation: Installation) -> int:
    """Print the export in the form asked for."""
    held = operator.read_one(installation, arguments.cpr, "record:export", gateway.gather)
    if arguments.format == "html":
        print(gateway.as_html(held), end="")
    else:
        operator.print_json(gateway.as_fhir(held) if arguments.format == "fhir" else gateway.as_json(held))
    return 0
