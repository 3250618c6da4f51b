"""`worker`: does what is due beside the app: hands over messages, asks what became of them, keeps the log's tree."""

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from app import errors
from app.audit import keeping
from app.audit.keeping import Kept
from app.cli import operator, shelves
from app.cli.installation import Installation, Parts
from app.gateways import deliver

# Seconds between two looks at what is due, when there was nothing.
REST = 1.0
BETWEEN_SWEEPS = timedelta(minutes=10)
# What was logged stands under a signature after so long, and the time that it takes.
BETWEEN_CHECKPOINTS = timedelta(seconds=10)


def add(commands: Any) -> None:
    """The command and its arguments."""
    parser = commands.add_parser("worker", help="do what is due: hand over messages, sign the log's tree, sweep")
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
        grown = grow(parts, now())
        log = asdict(grown)
        operator.print_json({"messages": done, "shelves": swept, "outcomes": forgotten, "devices": pending, "log": log})
        return 0
    due = Due(parts, now)
    try:
        while arguments.beside is None or os.getppid() == arguments.beside:
            if due.tick() == 0:
                time.sleep(REST)
    except KeyboardInterrupt:
        pass  # whoever runs it has ended it; what was claimed is taken up again after its lease
    return 0


class Due:
    """What a worker does again and again, each thing in its own time."""

    def __init__(self, parts: Parts, now: Callable[[], datetime]) -> None:
        self._parts, self._now = parts, now
        self._swept_at: datetime | None = None
        self._grown_at: datetime | None = None

    def tick(self) -> int:
        """Do what is due; returns how many messages were. What goes wrong is told, and tried again later."""
        try:
            done = deliver.tick(self._parts.database, self._parts.receivers, self._now)
            now = self._now()
            if self._swept_at is None or now - self._swept_at >= BETWEEN_SWEEPS:
                self._swept_at = now
                shelves.sweep(self._parts.database, now)
                shelves.forget(self._parts.database, now)
                shelves.forget_pending(self._parts.database, now)
            if self._grown_at is None or now - self._grown_at >= BETWEEN_CHECKPOINTS:
                self._grown_at = now
                grow(self._parts, now)
        except SQLAlchemyError as error:
            # A database that restarts or is busy comes back; whatever was claimed is taken up after its lease.
            print(f"The database cannot be used now ({type(error).__name__}). Trying again.", file=sys.stderr)
            return 0
        except errors.NotReady as error:
            print(error.detail, file=sys.stderr)
            return 0
        return done


def grow(parts: Parts, now: datetime) -> Kept:
    """Put what was logged into the tree, and the day's head map once a day, and sign it.

    A log that begins gets its name of the installation's address.
    """
    return keeping.keep(parts.database, f"{urlsplit(parts.config.base_url).netloc}/log", now)


def _all_due(database: Any, receivers: Any, now: Callable[[], datetime]) -> int:
    total = 0
    while done := deliver.tick(database, receivers, now):
        total += done
    return total
