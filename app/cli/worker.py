"""`worker`: does what is due beside the app: hands over the citizens' messages and asks what became of them."""

import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from app.cli import operator, shelves
from app.cli.installation import Installation
from app.gateways import deliver

# Seconds between two looks at what is due, when there was nothing.
REST = 1.0
BETWEEN_SWEEPS = timedelta(minutes=10)


def add(commands: Any) -> None:
    """The command and its arguments."""
    parser = commands.add_parser("worker", help="do what is due: hand over messages, ask what became of them")
    parser.add_argument("--once", action="store_true", help="one pass over all that is due, then end")
    parser.add_argument("--now", type=instant, metavar="ISO", help="as if it were this instant; only with --once")
    parser.add_argument("--beside", type=int, metavar="PID", help="end when this process is no longer the parent")
    parser.set_defaults(command=work)


def instant(text: str) -> datetime:
    """An argument that is an instant with an offset, ISO 8601."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise argparse.ArgumentTypeError("an instant is written like 2026-11-25T08:00:00+01:00")
    return at.astimezone(UTC)


def work(arguments: argparse.Namespace, installation: Installation) -> int:
    """Work until stopped; with ``--once`` print what was done and end."""
    now: Callable[[], datetime] = (lambda: arguments.now) if arguments.now else installation.now
    parts = installation.parts()
    if arguments.once:
        done = _all_due(parts.database, parts.receivers, now)
        swept, forgotten = shelves.sweep(parts.database, now()), shelves.forget(parts.database, now())
        pending = shelves.forget_pending(parts.database, now())
        operator.print_json({"messages": done, "shelves": swept, "outcomes": forgotten, "devices": pending})
        return 0
    swept_at: datetime | None = None
    try:
        while arguments.beside is None or os.getppid() == arguments.beside:
            try:
                done = deliver.tick(parts.database, parts.receivers, now)
                if swept_at is None or now() - swept_at >= BETWEEN_SWEEPS:
                    swept_at = now()
                    shelves.sweep(parts.database, swept_at)
                    shelves.forget(parts.database, swept_at)
                    shelves.forget_pending(parts.database, swept_at)
            except SQLAlchemyError as error:
                # A database that restarts or is busy comes back; whatever was claimed is taken up after its lease.
                print(f"The database cannot be used now ({type(error).__name__}). Trying again.", file=sys.stderr)
                done = 0
            if done == 0:
                time.sleep(REST)
    except KeyboardInterrupt:
        pass  # whoever runs it has ended it; what was claimed is taken up again after its lease
    return 0


def _all_due(database: Any, receivers: Any, now: Callable[[], datetime]) -> int:
    total = 0
    while done := deliver.tick(database, receivers, now):
        total += done
    return total
