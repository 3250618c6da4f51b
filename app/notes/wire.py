"""Notes as they go out."""

from collections.abc import Sequence
from typing import Any

from app import clock
from app.notes.service import Note


def notes(read: Sequence[Note]) -> dict[str, Any]:
    """The `notes` answer; ``written_at`` is ISO 8601 with Copenhagen's offset."""
    return {
        "notes": [
            {
                "id": each.id,
                "about": each.about,
                "about_key": each.about_key,
                "kind": each.kind,
                "text": each.text,
                "done": each.done,
                "written_at": clock.copenhagen_text(each.written_at) if each.written_at else None,
                "version": each.version,
            }
            for each in read
        ]
    }
