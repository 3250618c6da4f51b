"""An event as bytes to be sealed: canonical JSON with a salt, what was read when it was made, and the names in it."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from app.consent.event import Event, Limit, Party
from app.consent.receipt import Notice


def to_bytes(event: Event, notice: Notice | None, names: Mapping[str, str]) -> bytes:
    """The content of an event's row. The salt keeps its hash, which stands in clear, from being guessed."""
    said = asdict(event)
    said["actions"], said["purposes"] = sorted(event.actions), sorted(event.purposes)
    content = {
        "salt": secrets.token_hex(32),
        "event": said,
        "notice": asdict(notice) if notice else None,
        "names": dict(names),
    }
    return json.dumps(content, default=_text, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def from_bytes(content: bytes) -> tuple[Event, Notice | None, dict[str, str]]:
    """The inverse of to_bytes, without the salt."""
    read = json.loads(content)
    return _event(read["event"]), Notice(**read["notice"]) if read["notice"] else None, read["names"]


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _event(said: Mapping[str, Any]) -> Event:
    limit = said["limit"]
    values = {
        **said,
        "grantee": Party(**said["grantee"]) if said["grantee"] else None,
        "exceptions": tuple(Party(**each) for each in said["exceptions"]),
        "actions": frozenset(said["actions"]),
        "purposes": frozenset(said["purposes"]),
        "limit": Limit(limit["organisation"], _day(limit["first"]), _day(limit["last"])) if limit else None,
    }
    for name in ("recorded_at", "valid_from", "valid_to"):
        values[name] = datetime.fromisoformat(said[name]) if said[name] else None
    return Event(**values)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
