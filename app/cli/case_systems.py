"""`case-systems add | list | end`: the programs of authorities that may ask for them."""

import argparse
from typing import Any

from app import clock, errors
from app.cli import operator
from app.cli.installation import Installation
from app.consent import templates
from app.identity import case_systems
from app.identity.staff import Staff


def add(commands: Any) -> None:
    """The command and its parts."""
    parser = commands.add_parser("case-systems", help="programs of authorities that may ask for them")
    parts = parser.add_subparsers(required=True, metavar="add|list|end")
    adding = parts.add_parser("add", help="let one ask; prints its secret, once")
    adding.add_argument("--organisation", required=True, metavar="cvr:NNNNNNNN")
    adding.add_argument("--organisation-name", required=True, metavar="NAME")
    adding.add_argument("--name", required=True, metavar="NAME")
    adding.add_argument("--text", action="append", metavar="ID", help="a text that it may ask about; all without")
    adding.set_defaults(command=register)
    parts.add_parser("list", help="who may ask, and who may no more").set_defaults(command=listed)
    ending = parts.add_parser("end", help="let one ask no more")
    ending.add_argument("id", metavar="ID")
    ending.set_defaults(command=end)


def register(arguments: argparse.Namespace, installation: Installation) -> int:
    """Let a case system ask, and print what it logs in by: the secret is shown this once."""
    settings = installation.config()
    if not settings.is_demo and settings.asking.store is None:
        raise errors.NotReady("NAERBLIK_REDIS_URL is not set. Where case systems ask, all processes count together.")
    known = {each.id for each in templates.newest()}
    if arguments.text and not known.issuperset(arguments.text):
        raise errors.NotFound("There is no such text to ask with.")
    told = Staff(
        id="",
        organisation=arguments.organisation,
        level="substantial",
        name=arguments.name,
        organisation_name=arguments.organisation_name,
        templates=frozenset(arguments.text) if arguments.text else None,
    )
    with installation.parts().database.transaction() as session:
        system_id, secret = case_systems.register(session, told, installation.now())
    operator.print_json({"client_id": system_id, "client_secret": secret})
    return 0


def listed(_arguments: argparse.Namespace, installation: Installation) -> int:
    """Print all that there are and were."""
    with installation.parts().database.reading() as session:
        known = case_systems.registered(session, installation.now())
    operator.print_json(
        {
            "case_systems": [
                {
                    "client_id": each.id,
                    "name": each.staff.name,
                    "organisation": each.staff.organisation,
                    "organisation_name": each.staff.organisation_name,
                    "texts": None if each.staff.templates is None else sorted(each.staff.templates),
                    "created_at": clock.utc_text(each.created_at),
                    "ended_at": clock.utc_text(each.ended_at) if each.ended_at else None,
                }
                for each in known
            ]
        }
    )
    return 0


def end(arguments: argparse.Namespace, installation: Installation) -> int:
    """Let one ask no more, from this moment."""
    with installation.parts().database.transaction() as session:
        case_systems.end(session, arguments.id, installation.now())
    operator.print_json({"ended": arguments.id})
    return 0
