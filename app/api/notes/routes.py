"""The citizen's own notes over HTTP."""

from typing import Any

from flask.views import MethodView

from app import errors
from app.access import service as access
from app.api import current
from app.api.blueprint import Blueprint
from app.api.notes.schemas import NoteSchema, NotesSchema, NotesWrittenSchema, NoteVersionSchema
from app.grant import Action, Grant
from app.notes import service as notes
from app.notes import wire
from app.notes.service import Note

blueprint = Blueprint("notes", __name__, description="The citizen's own notes, and questions for the next visit.")

LONGEST_ID = 64


@blueprint.route("/citizens/<citizen_id>/notes")
class NotesView(MethodView):
    """The notes of a citizen."""

    @blueprint.response(200, NotesSchema)
    def get(self, citizen_id: str) -> dict[str, Any]:
        """All notes and questions, the last written first."""
        return wire.notes(notes.read_notes(current.session(), _open(citizen_id, "notes:read")))


@blueprint.route("/citizens/<citizen_id>/notes/<note_id>")
class NoteView(MethodView):
    """One note, under an id that its writer made."""

    @blueprint.arguments(NoteSchema)
    @blueprint.response(200, NotesWrittenSchema)
    def put(self, given: dict[str, Any], citizen_id: str, note_id: str) -> dict[str, Any]:
        """Write a note. When another version stands there than the one that was seen, both are kept."""
        if len(note_id) > LONGEST_ID:
            raise errors.Invalid("The id of a note has at most 64 characters.")
        grant = _open(citizen_id, "notes:write")
        kept_both = notes.record_note(current.session(), grant, Note(id=note_id, **given), current.now())
        return {**wire.notes(notes.read_notes(current.session(), grant)), "kept_both": kept_both}

    @blueprint.arguments(NoteVersionSchema, location="query")
    @blueprint.response(204)
    def delete(self, query: dict[str, str], citizen_id: str, note_id: str) -> None:
        """Delete a note. 409 ``stale`` when it has changed since that version."""
        notes.remove_note(current.session(), _open(citizen_id, "notes:write"), note_id, query["version"])


def _open(citizen_id: str, action: Action) -> Grant:
    return access.open_record(current.session(), current.actor(), citizen_id, action, "self", current.now())
