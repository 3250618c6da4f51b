"""`alarms`: who asked unusually much about consents, where an older backup was noticed, which logs do not add up."""

import argparse
from typing import Any

from app import clock
from app.audit import reconciling
from app.audit.reconciling import Alarm
from app.cli import operator
from app.cli.installation import Installation
from app.consent import questions
from app.records import restores


def add(commands: Any) -> None:
    """The command."""
    parser = commands.add_parser("alarms", help="who asked unusually much, restores noticed, logs that do not add up")
    parser.set_defaults(command=alarms)


def alarms(_arguments: argparse.Namespace, installation: Installation) -> int:
    """Print every alarm, the newest first: who, for whom, how many people and how many noes in ten minutes.

    Then every shelf under which a device noticed that an older backup was put back, and every log that had other
    entries than were counted.
    """
    with installation.parts().database.reading() as session:
        raised = questions.read_alarms(session)
        restored = restores.read_alarms(session)
        differing = reconciling.read_alarms(session)
    operator.print_json(
        {
            "alarms": [
                {
                    "actor": each.actor,
                    "organisation": each.organisation,
                    "raised_at": clock.utc_text(each.raised_at),
                    "people": each.people,
                    "noes": each.noes,
                }
                for each in raised
            ],
            "restores": [
                {
                    "citizen": each.citizen_id,
                    "raised_at": clock.utc_text(each.raised_at),
                    "reopened_at": clock.utc_text(each.reopened_at) if each.reopened_at else None,
                }
                for each in restored
            ],
            "logs": [_log(each) for each in differing],
        }
    )
    return 0


def _log(alarm: Alarm) -> dict[str, Any]:
    return {
        "citizen": alarm.citizen_id,
        "raised_at": clock.utc_text(alarm.raised_at),
        "settled_at": clock.utc_text(alarm.settled_at) if alarm.settled_at else None,
        "counted": alarm.counted,
        "found": alarm.found,
    }
