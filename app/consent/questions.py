"""What a caseworker has asked: their own log, without whom it was about, and how much it was in a short time.

Nothing here leads to a citizen: the row holds a mark that only this installation can make again, and the rest sealed.
"""

import json
import logging
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.consent.models import ConsentQuestionRow, VolumeAlarmRow
from app.grant import Actor
from app.identity import case_systems
from app.identity.person import Number
from app.vault import service as vault
from app.vault.box import Box

log = logging.getLogger(__name__)

NAMESPACE = "consent question"
# The short time of the volume alarm, and from how many on it is unusual: people, and answers that were no.
WINDOW = timedelta(minutes=10)
MANY_PEOPLE = 20
MANY_NOES = 15
# A case system asks for all who use it, so for one of those it is unusual from so many times as many on.
SYSTEM_TIMES = 20

Kind = Literal["status", "request", "paper", "approval", "paper_end"]


@dataclass(frozen=True)
class Question:
    """One question as the caseworker asked it; ``is_valid`` is the answer to one about status, None for all else."""

    id: str
    kind: Kind
    organisation: str
    template: str
    purpose: str
    case_number: str
    asked_at: datetime
    is_valid: bool | None = None


@dataclass(frozen=True)
class OwnLog:
    """A part of what one caseworker asked, newest first, and whether there is an older part."""

    questions: list[Question]
    more: bool


@dataclass(frozen=True)
class VolumeAlarm:
    """Unusually many questions by one asker: how many people, and how many noes, within the short time until then."""

    actor: str
    organisation: str
    raised_at: datetime
    people: int
    noes: int


def question_of(
    actor: Actor,
    kind: Kind,
    template: str,
    purpose: str,
    case_number: str,
    now: datetime,
    *,
    is_valid: bool | None = None,
) -> Question:
    """A question that this actor asks now, under an id of its own."""
    return Question(new_id(), kind, actor.organisation or "", template, purpose, case_number, now, is_valid)


def new_id() -> str:
    """An id for a question."""
    return secrets.token_hex(16)


def record(session: Session, actor: Actor, number: Number, asked: Question) -> None:
    """Keep a question in the asker's own log."""
    box = vault.of(session).box(session, actor.id, asked.asked_at)
    session.add(
        ConsentQuestionRow(
            asker=asker_of(session, actor.id),
            id=asked.id,
            person=vault.of(session).own_rows.text("asked about", actor.id, number.value),
            key_version=box.version,
            sealed=box.seal(_to_bytes(asked), NAMESPACE, asked.id),
            asked_at=asked.asked_at,
        ),
    )
    session.flush()  # the count of the same transaction must see it


def read_own(session: Session, actor: Actor, before: str | None, limit: int, now: datetime) -> OwnLog:
    """What this actor asked, at most ``limit``, older than the question ``before`` where one is named."""
    asked = select(ConsentQuestionRow).where(ConsentQuestionRow.asker == asker_of(session, actor.id))
    if before is not None:
        last = session.get(ConsentQuestionRow, (asker_of(session, actor.id), before))
        if last is None:
            return OwnLog([], more=False)
        asked = asked.where(
            (ConsentQuestionRow.asked_at < last.asked_at)
            | ((ConsentQuestionRow.asked_at == last.asked_at) & (ConsentQuestionRow.id < last.id))
        )
    newest = asked.order_by(ConsentQuestionRow.asked_at.desc(), ConsentQuestionRow.id.desc())
    rows = session.scalars(newest.limit(limit + 1)).all()
    box = vault.of(session).box(session, actor.id, now)
    return OwnLog([_open(box, row) for row in rows[:limit]], len(rows) > limit)


def raise_alarm(session: Session, actor: Actor, now: datetime) -> VolumeAlarm | None:
    """Keep an alarm when this actor asks unusually much, once in each short time; None when it is as usual."""
    times = SYSTEM_TIMES if actor.id.startswith(case_systems.PREFIX) else 1
    rows = session.scalars(
        select(ConsentQuestionRow)
        .where(ConsentQuestionRow.asker == asker_of(session, actor.id), ConsentQuestionRow.asked_at > now - WINDOW)
        .order_by(ConsentQuestionRow.asked_at.desc())
        .limit(2 * times * MANY_PEOPLE),
    ).all()
    last = session.scalar(
        select(VolumeAlarmRow.raised_at)
        .where(VolumeAlarmRow.actor == actor.id)
        .order_by(VolumeAlarmRow.raised_at.desc())
        .limit(1)
    )
    box = vault.of(session).box(session, actor.id, now)
    people = len({row.person for row in rows})
    noes = sum(_open(box, row).is_valid is False for row in rows)
    is_known = last is not None and last > now - WINDOW
    if is_known or (people < times * MANY_PEOPLE and noes < times * MANY_NOES):
        return None
    log.warning("Volume alarm: %s of %s asked about %d people, %d noes", actor.id, actor.organisation, people, noes)
    alarm = VolumeAlarm(actor.id, actor.organisation or "", now, people, noes)
    session.add(VolumeAlarmRow(id=new_id(), **asdict(alarm)))
    return alarm


def read_alarms(session: Session) -> list[VolumeAlarm]:
    """Every alarm that was raised here, the newest first, for whoever runs the installation."""
    rows = session.scalars(select(VolumeAlarmRow).order_by(VolumeAlarmRow.raised_at.desc(), VolumeAlarmRow.id))
    return [VolumeAlarm(row.actor, row.organisation, row.raised_at, row.people, row.noes) for row in rows]


def asker_of(session: Session, actor_id: str) -> str:
    """Under which mark the questions of this actor stand."""
    return vault.of(session).own_rows.text("asker", actor_id)


def _to_bytes(asked: Question) -> bytes:
    content = {**asdict(asked), "asked_at": asked.asked_at.isoformat()}
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode()


def _open(box: Box, row: ConsentQuestionRow) -> Question:
    read: Mapping[str, Any] = json.loads(box.open(row.sealed, row.key_version, NAMESPACE, row.id))
    return Question(**{**read, "asked_at": datetime.fromisoformat(read["asked_at"])})
