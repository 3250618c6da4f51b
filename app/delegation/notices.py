"""Tell a citizen by a way of its own that somebody helps them now, or tried to: a letter, with how to undo it.

Invariant: a letter is posted in the transaction that it tells of, once, and is kept on the citizen's shelf with how far
it has come. Where no receiver takes letters it is on the shelf alone, as something that could not be sent.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any, Literal

from sqlalchemy.orm import Session

from app.delegation import texts
from app.delegation.invitation import Offer
from app.grant import Grant
from app.records import outgoing, rules
from app.records import service as records
from app.records.item import Put
from app.records.outgoing import Message
from app.records.rules import Delivery
from app.vault import service as vault

NOTICE = "notice"
What = Literal["accepted", "changed", "closed"]


@dataclass(frozen=True)
class Post:
    """Where the citizen finds the app, and the receivers that take letters."""

    url: str
    receivers: Collection[str] = ()


@dataclass(frozen=True)
class Notice:
    """A letter as it was written, about a delegation or an invitation by its id, and how far it has come."""

    about: str
    what: str
    subject: str
    paragraphs: tuple[str, ...]
    made_at: datetime
    delivery: Delivery


def tell(session: Session, grant: Grant, what: What, about: str, offer: Offer, post: Post) -> None:
    """Write to the citizen whom the grant is about; again, nothing changes. The citizen's lock is held."""
    message_id = vault.of(session).own_rows.text("delegation notice", what, about)
    if records.find_by_id(session, grant, NOTICE, message_id) is not None:
        return
    content = {"about": about, "what": what, "made_at": grant.at.isoformat(), **_letter(what, offer, post.url)}
    receiver = min(post.receivers, default=None)
    if receiver is not None:
        outgoing.post(session, grant, Message(message_id, "notice", receiver, NOTICE, message_id, content), grant.at)
        return
    failed = {"message_id": message_id, "delivery": outgoing.to_json(Delivery(rules.FAILED, grant.at))}
    records.write(session, grant, [Put(NOTICE, message_id, "self", {**content, **failed})], grant.at)


def read_all(session: Session, grant: Grant) -> list[Notice]:
    """The letters to the citizen, the newest first. The caller has decided that they may be read."""
    found = [_notice(each.content) for each in records.read(session, grant, NOTICE)]
    return sorted(found, key=lambda each: each.made_at, reverse=True)


def _notice(content: Mapping[str, Any]) -> Notice:
    return Notice(
        content["about"],
        content["what"],
        content["subject"],
        tuple(content["paragraphs"]),
        datetime.fromisoformat(content["made_at"]),
        outgoing.from_json(content["delivery"]),
    )


def _letter(what: What, offer: Offer, url: str) -> dict[str, Any]:
    language, day = offer.language, offer.last_day
    words = {
        "name": offer.name,
        "can": "; ".join(texts.read_by(offer.actions, offer.version)[language]["actions"].values()),
        "until": f"{day.day}.{day.month}.{day.year}",
        "url": url,
    }
    said = _published()[language][what]
    # What a citizen calls somebody is put in as it is: braces in it are no places to fill.
    return {
        "language": language,
        "subject": said["subject"].format(**words),
        "paragraphs": [each.format(**words) for each in said["body"]],
    }


@cache
def _published() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(resources.files("app.delegation").joinpath("notice.toml").read_text(encoding="utf-8"))
