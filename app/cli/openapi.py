"""`openapi`: the API's own description, for builds that make types of it."""

import argparse
from typing import Any

from app.cli.installation import Installation


def add(commands: Any) -> None:
    """The command."""
    parser = commands.add_parser("openapi", help="print the OpenAPI document")
    parser.set_defaults(command=openapi)


def openapi(_arguments: argparse.Namespace, installation: Installation) -> int:
    """Print the document."""
    print(installation.openapi(), end="")
    return 0
