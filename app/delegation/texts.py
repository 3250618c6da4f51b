"""What is read before somebody invites, accepts or changes: published, numbered, named by its hash in the receipt."""

import hashlib
import json
import tomllib
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from app.consent.receipt import Notice
from app.consent.templates import Language

NEWEST = 1


@cache
def published(version: int = NEWEST) -> Mapping[str, Any]:
    """A version of the text, in both languages."""
    file = resources.files("app.delegation").joinpath("published", f"paaroerende-{version}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def read_by(actions: Collection[str], version: int = NEWEST) -> dict[str, Any]:
    """The words about these terms in every language: what it means, what each action is, and how it ends."""
    text = published(version)
    return {language: _words(text[language], actions) for language in ("da", "en")}


def notice_of(language: Language, actions: Collection[str], last_day: date, version: int = NEWEST) -> Notice:
    """What was read, named by its hash: the words about these terms in this language, and the last day."""
    text = published(version)
    read = {
        "id": text["id"],
        "version": version,
        "language": language,
        "last_day": last_day.isoformat(),
        "actions": sorted(actions),
        "text": _words(text[language], actions),
    }
    content = json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return Notice(hashlib.sha256(content).hexdigest(), text["id"], str(version), language)


def _words(said: Mapping[str, Any], actions: Collection[str]) -> dict[str, Any]:
    return {**said, "actions": {action: said["actions"][action] for action in sorted(actions)}}
