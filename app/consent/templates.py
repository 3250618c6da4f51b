"""The texts from which an authority asks for a consent: published, numbered, in plain Danish and English.

Invariant: a published text never changes. What a citizen read is known by its hash, and every version stays here.
"""

import calendar
import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any, Literal

from app import clock, errors
from app.consent.receipt import Notice

Language = Literal["da", "en"]
LANGUAGES: tuple[Language, ...] = ("da", "en")


@dataclass(frozen=True)
class Text:
    """What a citizen reads, in one language.

    ``question`` is the authority's, ``ask`` the same put short beside the choice. ``can`` and ``cannot`` are what
    becomes visible and what does not. ``benefit`` says who gains, ``risk`` what may go wrong, ``refusing`` and
    ``withdrawing`` what they do.
    """

    name: str
    question: str
    ask: str
    can: tuple[str, ...]
    cannot: tuple[str, ...]
    who: str
    why: str
    benefit: str
    risk: str
    refusing: str
    withdrawing: str


@dataclass(frozen=True)
class Template:
    """One version of a text with the terms that it puts in words; ``months`` is the longest that a yes to it lasts."""

    id: str
    version: int
    since: date
    actions: frozenset[str]
    purposes: frozenset[str]
    months: int
    texts: Mapping[Language, Text]


def find(template_id: str, version: int | None = None) -> Template:
    """A template by its id, the newest version unless one is named. Raises NotFound."""
    versions = [each for each in published() if each.id == template_id and version in (None, each.version)]
    if not versions:
        raise errors.NotFound("There is no such text to ask with.")
    return max(versions, key=lambda each: each.version)


def newest() -> list[Template]:
    """The newest version of every template, by id."""
    return [find(template_id) for template_id in sorted({each.id for each in published()})]


@cache
def published() -> tuple[Template, ...]:
    """Every version that was ever published."""
    files = sorted(resources.files("app.consent").joinpath("texts").iterdir(), key=lambda file: file.name)
    return tuple(_template(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files)


def notice_of(template: Template, language: Language, organisation: str, valid_to: datetime | None) -> Notice:
    """What was read, named by its hash: the text in this language, who asked, and until when."""
    read = {
        "id": template.id,
        "version": template.version,
        "language": language,
        "organisation": organisation,
        "valid_to": valid_to.isoformat() if valid_to else None,
        "actions": sorted(template.actions),
        "purposes": sorted(template.purposes),
        "text": asdict(template.texts[language]),
    }
    content = json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return Notice(hashlib.sha256(content).hexdigest(), template.id, str(template.version), language)


def last_day_of(template: Template, now: datetime) -> date:
    """The last day that a yes to a template may have when it is given now."""
    today = clock.civil_date(now)
    month = today.replace(day=1)
    total = month.month - 1 + template.months
    ahead = month.replace(year=month.year + total // 12, month=total % 12 + 1)
    return ahead.replace(day=min(today.day, calendar.monthrange(ahead.year, ahead.month)[1]))


def _template(read: Mapping[str, Any]) -> Template:
    texts: dict[Language, Text] = {language: _text(read[language]) for language in LANGUAGES}
    actions, purposes = frozenset(read["actions"]), frozenset(read["purposes"])
    return Template(read["id"], read["version"], read["since"], actions, purposes, read["months"], texts)


def _text(read: Mapping[str, Any]) -> Text:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in read.items()}
    return Text(**values)
