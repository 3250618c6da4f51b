"""`card`, `dose-plan` and `appointments`: what is known of one citizen."""

import argparse
from datetime import date
from typing import Any

from app.appointments import service as appointments
from app.appointments import wire as appointments_wire
from app.cli import operator
from app.cli.installation import Installation
from app.medication import service as medication
from app.medication import wire as medication_wire


def add(commands: Any) -> None:
    """The three commands and their arguments."""
    card_parser = commands.add_parser("card", help="the medication card of a citizen")
    card_parser.add_argument("cpr", type=operator.cpr, metavar="CPR")
    card_parser.set_defaults(command=card)
    plan_parser = commands.add_parser("dose-plan", help="the doses that the card plans for a date")
    plan_parser.add_argument("cpr", type=operator.cpr, metavar="CPR")
    plan_parser.add_argument("--date", type=civil_date, required=True, metavar="YYYY-MM-DD")
    plan_parser.set_defaults(command=dose_plan)
    appointments_parser = commands.add_parser("appointments", help="the appointments of a citizen")
    appointments_parser.add_argument("cpr", type=operator.cpr, metavar="CPR")
    appointments_parser.set_defaults(command=list_appointments)


def civil_date(text: str) -> date:
    """An argument that is a date of the calendar, YYYY-MM-DD."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise argparse.ArgumentTypeError("a date is written YYYY-MM-DD and must exist")
    return day


def card(arguments: argparse.Namespace, installation: Installation) -> int:
    """Print the card."""
    read = operator.read_one(installation, arguments.cpr, "medication:read", medication.read_card)
    operator.print_json(medication_wire.card(read))
    return 0


def dose_plan(arguments: argparse.Namespace, installation: Installation) -> int:
    """Print the dose plan of a date."""
    plan = operator.read_one(
        installation,
        arguments.cpr,
        "medication:read",
        lambda session, grant: medication.read_dose_plan(session, grant, arguments.date),
    )
    operator.print_json(medication_wire.dose_plan(plan))
    return 0


def list_appointments(arguments: argparse.Namespace, installation: Installation) -> int:
    """Print the appointments."""
    listed = operator.read_one(installation, arguments.cpr, "appointments:read", appointments.read_appointments)
    operator.print_json(appointments_wire.appointments(listed))
    return 0
