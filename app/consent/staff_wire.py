"""What caseworkers read as JSON: the texts to ask with, and what they asked."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from app import clock
from app.consent import receipts
from app.consent import templates as texts
from app.consent.questions import OwnLog, Question
from app.consent.templates import Template


def templates(published: Sequence[Template], covered: Collection[str] | None, now: datetime) -> dict[str, Any]:
    """The texts of these that a role covers; None covers every one."""
    return {"templates": [_template(each, now) for each in published if covered is None or each.id in covered]}


def own_log(asked: OwnLog) -> dict[str, Any]:
    """A part of what one asked."""
    return {"questions": [_question(each) for each in asked.questions], "more": asked.more}


def _template(template: Template, now: datetime) -> dict[str, Any]:
    return {
        "id": template.id,
        "version": template.version,
        "since": template.since.isoformat(),
        "actions": sorted(template.actions),
        "purposes": sorted(template.purposes),
        "last_day": texts.last_day_of(template, now).isoformat(),
        "texts": {language: asdict(text) for language, text in template.texts.items()},
    }


def _question(asked: Question) -> dict[str, Any]:
    words = {True: receipts.VALID, False: receipts.NOT_VALID, None: None}
    return {
        "id": asked.id,
        "kind": asked.kind,
        "template": asked.template,
        "purpose": asked.purpose,
        "case_number": asked.case_number,
        "asked_at": clock.utc_text(asked.asked_at),
        "status": words[asked.is_valid],
    }
