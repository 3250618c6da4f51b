"""The texts that citizens read: complete, plain, and never changed once they are published."""

import hashlib
import json
import re
from dataclasses import asdict
from datetime import UTC, datetime
from typing import get_args

import pytest

from app.consent import templates
from app.consent.event import ACTIONS, PURPOSES
from app.consent.templates import LANGUAGES, Language, Template

# Each published version by the hash of its whole content. A line is added for a new version, and none is ever changed.
PUBLISHED = {
    "deling-paa-tvaers 1": "46dc6b26758e7a09b7bc9fd3f4645ec88c47a61c00fce8214d921f5f67bb919e",
    "forskning 1": "af5d07100f24c4e297e8762b5575bcdcd429f2cd2f04c4f775668ab05074da5f",
    "kontakt-til-naere 1": "f0f8d37349814fae44769380078821b68d7d913fafe1a2c2b3092b208a091640",
    "kvalitet-og-laering 1": "10cff60afe4a0de26005dcc165db6f8d58da3df38c4da012f70dec7906945514",
    "medicin-hjemmehjaelp 1": "2806e4eda117291a021403da4098f20ba33f6f84fa3cf5871a1b4b9ae7500c98",
}
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def content_of(template: Template) -> str:
    said = {**asdict(template), "actions": sorted(template.actions), "purposes": sorted(template.purposes)}
    return hashlib.sha256(json.dumps(said, default=str, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def lix(text: str) -> float:
    """Readability: words per sentence, and long words in a hundred."""
    words = re.findall(r"\w+", text)
    sentences = max(1, len(re.findall(r"[.:?!]", text)))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def test_what_is_published_never_changes() -> None:
    assert {f"{each.id} {each.version}": content_of(each) for each in templates.published()} == PUBLISHED


@pytest.mark.parametrize("template", templates.published(), ids=lambda each: f"{each.id}-{each.version}")
def test_a_text_asks_only_for_what_a_consent_can_speak_of_and_is_whole_in_every_language(template: Template) -> None:
    assert template.actions
    assert template.actions <= ACTIONS
    assert template.purposes
    assert template.purposes <= PURPOSES - {"self", "operation", "relative"}
    assert set(template.texts) == set(get_args(Language))
    for text in template.texts.values():
        assert all(asdict(text).values())


@pytest.mark.parametrize("template", templates.published(), ids=lambda each: f"{each.id}-{each.version}")
def test_the_danish_is_easy_to_read(template: Template) -> None:
    said = asdict(template.texts["da"]).values()
    text = " ".join(
        part if part[-1] in ".?" else f"{part}."
        for each in said
        for part in ([each] if isinstance(each, str) else each)
    )

    assert lix(text) <= 35


def test_what_was_read_is_another_when_the_language_the_organisation_or_the_end_is() -> None:
    template = templates.find("forskning")
    notices = {
        templates.notice_of(template, language, organisation, end).sha256
        for language in LANGUAGES
        for organisation in ("Bakkeby Kommune", "Østbyens Hospital")
        for end in (None, NOW)
    }

    assert len(notices) == 8


@pytest.mark.parametrize(("today", "last"), [("2026-01-31", "2028-01-31"), ("2028-02-29", "2030-02-28")])
def test_a_yes_lasts_at_most_the_months_of_its_text(today: str, last: str) -> None:
    now = datetime.fromisoformat(f"{today}T12:00:00+01:00")

    assert templates.last_day_of(templates.find("kvalitet-og-laering"), now).isoformat() == last
