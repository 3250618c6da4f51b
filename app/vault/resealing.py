"""Seal anew under a holder's newest data key what lies under older ones, while others read and write; destroy those.

Invariant: an old key goes only when nothing lies under it and nobody is about to seal with it. Whoever does this never
waits for a row while holding another, so that nobody who serves a person is ever made to give up.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.vault import service as vault
from app.vault.models import DataKey

BATCH = 200


@dataclass(frozen=True)
class Sealed:
    """A table with sealed columns and the ``key_version`` that they lie under.

    ``of`` tells which rows are a holder's, None when a holder of this kind has none. ``columns`` name each sealed
    column with the namespace and place that it is bound to.
    """

    table: type[Any]
    of: Callable[[Session, str], ColumnElement[bool] | None]
    columns: Mapping[str, Callable[[Any], tuple[str, *tuple[str | int, ...]]]]


def begin(session: Session, holder: str, now: datetime) -> int:
    """Give a holder a newer data key, which seals from now on; returns its version."""
    versions = session.scalars(select(DataKey.version).where(DataKey.citizen_id == holder)).all()
    version = max(versions, default=0) + 1
    vault.of(session).add_version(session, holder, version, now)
    return version


def reseal(session: Session, sealed: Sealed, holder: str, now: datetime) -> int:
    """Seal some of a holder's older rows anew; returns how many. Rows that somebody changes just now are left out."""
    rows_of = sealed.of(session, holder)
    if rows_of is None:
        return 0
    box = vault.of(session).box(session, holder, now)
    old = select(sealed.table).where(rows_of, sealed.table.key_version < box.version).limit(BATCH)
    rows = session.scalars(old.with_for_update(skip_locked=True)).all()
    for row in rows:
        for column, place in sealed.columns.items():
            content = box.open(getattr(row, column), row.key_version, *place(row))
            setattr(row, column, box.seal(content, *place(row)))
        row.key_version = box.version
    session.flush()
    return len(rows)


def retire(session: Session, tables: Sequence[Sealed], holder: str) -> int | None:
    """Destroy a holder's older data keys; returns how many. None: something lies under one, or somebody seals just now.

    After None the transaction may be of no more use, and there is to be another try.
    """
    try:
        keys = session.scalars(select(DataKey).where(DataKey.citizen_id == holder).with_for_update(nowait=True)).all()
    except OperationalError:
        return None
    newest = max((key.version for key in keys), default=0)
    if any(_is_left(session, each, holder, newest) for each in tables):
        return None
    session.execute(delete(DataKey).where(DataKey.citizen_id == holder, DataKey.version < newest))
    return len(keys) - 1 if keys else 0


def _is_left(session: Session, sealed: Sealed, holder: str, newest: int) -> bool:
    rows_of = sealed.of(session, holder)
    if rows_of is None:
        return False
    older = select(sealed.table.key_version).where(rows_of, sealed.table.key_version < newest)
    return session.scalar(older.limit(1)) is not None
