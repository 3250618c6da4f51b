"""The letter to a citizen whose consent on paper was recorded: what they signed, until when, and how to end it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from app import clock
from app.consent.paper import Recording
from app.consent.templates import Language


@dataclass(frozen=True)
class Letter:
    """A letter in the language in which the text was signed, ready to be printed and sent."""

    language: Language
    subject: str
    paragraphs: tuple[str, ...]


def write(recording: Recording) -> Letter:
    """The letter about a paper that was approved. It names no number and no medicine."""
    asked, language = recording.request, recording.paper.language
    text = recording.template.texts[language]
    words = {
        "organisation": asked.organisation_name,
        "name": text.name,
        "can": _listed(text.can),
        "cannot": _listed(text.cannot),
        "withdrawing": text.withdrawing,
        "signed_on": _day(recording.paper.signed_on),
        "since": _day(clock.civil_date(recording.since)),
        "until": _day(asked.last_day),
    }
    said = _published()[language]
    return Letter(language, said["subject"].format(**words), tuple(each.format(**words) for each in said["body"]))


def _listed(parts: tuple[str, ...]) -> str:
    return "; ".join(part.rstrip(".") for part in parts)


def _day(day: date) -> str:
    """A day as both languages read it without taking the month for the day: 25.11.2026."""
    return f"{day.day}.{day.month}.{day.year}"


@cache
def _published() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(resources.files("app.consent").joinpath("letter.toml").read_text(encoding="utf-8"))
