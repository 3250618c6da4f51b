"""A citizen's message as a FHIR R4 Task, and what a receiver's Task says of it."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from app import errors
from app.gateways.fhir import ids, values
from app.gateways.fhir.outgoing_person import content_of
from app.identity.person import Number
from app.records.source import Told

CPR = "urn:oid:1.2.208.176.1.2"
KIND = "urn:naerblik:message"
LONGEST_REPLY = 500

# participantStatus of an AppointmentResponse, and what a person reads beside it.
SAID = {
    "coming": ("accepted", "Borgeren kommer."),
    "cannot": ("declined", "Borgeren kan ikke komme."),
    "move": ("tentative", "Borgeren ønsker en anden tid."),
}
STATUSES = {
    "requested": "sent",
    "received": "received",
    "ready": "received",
    "in-progress": "received",
    "on-hold": "received",
    "accepted": "answered",
    "rejected": "answered",
    "completed": "answered",
    "failed": "failed",
    "cancelled": "failed",
    "entered-in-error": "failed",
}
OUTCOMES = {"accepted": "accepted", "completed": "accepted", "rejected": "rejected"}

Content = Mapping[str, Any]


def task(kind: str, content: Content, number: Number) -> bytes:
    """The Task under the message's id. The person number stands in the body only."""
    citizen = {"type": "Patient", "identifier": {"system": CPR, "value": number.value}}
    told: Callable[[Content, dict[str, Any]], dict[str, Any]] = {
        "appointment_answer": _answer,
        "renewal": _renewal,
        "notice": _notice,
    }[kind]
    return json.dumps(
        {
            "resourceType": "Task",
            "id": content["message_id"],
            "status": "requested",
            "intent": "order",
            "for": citizen,
            "requester": citizen,
            "authoredOn": content["made_at"],
            **told(content, citizen),
        },
        ensure_ascii=False,
    ).encode()


def told(body: bytes, message_id: str) -> Told:
    """What a receiver says; an empty body of a good answer means that it has the message. Raises SourceFailed."""
    if not body.strip():
        return Told("sent")
    try:
        content = json.loads(body)
        if content["resourceType"] != "Task" or content["id"] != message_id:
            raise errors.SourceFailed("The receiver answered about something else.")
        status = STATUSES[content["status"]]
        reply = _reply(content)
    except (ValueError, RecursionError, LookupError, TypeError, errors.Invalid):
        raise errors.SourceFailed("The receiver answered something that is no Task.") from None
    return Told(status, OUTCOMES.get(content["status"]), reply)


def _answer(content: Content, citizen: dict[str, Any]) -> dict[str, Any]:
    status, words = SAID[content["said"]]
    response = {
        "resourceType": "AppointmentResponse",
        "id": "answer",
        "appointment": {"reference": f"Appointment/{ids.allowed(content['appointment_id'])}"},
        "start": content["start"],
        "actor": citizen,
        "participantStatus": status,
        "comment": content["wish"],
    }
    return {
        "code": {"coding": [{"system": KIND, "code": "appointment-answer"}], "text": words},
        "contained": [content_of(response)],
        "focus": {"reference": "#answer"},
    }


def _renewal(content: Content, _citizen: dict[str, Any]) -> dict[str, Any]:
    statement = f"MedicationStatement/{ids.allowed(content['medication_id'])}"
    requests = [f"MedicationRequest/{ids.allowed(each)}" for each in content["prescription_ids"]]
    wish = {
        "code": {"coding": [{"system": KIND, "code": "renewal"}], "text": "Borgeren ønsker recepten fornyet."},
        "focus": {"reference": statement},
        "note": [{"text": content["note"]}] if content["note"] else [],
        "input": [{"type": {"text": "recept"}, "valueReference": {"reference": each}} for each in requests],
    }
    return content_of(wish)


def _notice(content: Content, citizen: dict[str, Any]) -> dict[str, Any]:
    """A letter to the citizen, for whoever brings letters to them; it is Nærblik that asks for it."""
    letter = {
        "resourceType": "Communication",
        "id": "letter",
        "language": content["language"],
        "status": "preparation",
        "topic": {"text": content["subject"]},
        "recipient": [citizen],
        "payload": [{"contentString": each} for each in content["paragraphs"]],
    }
    return {
        "code": {"coding": [{"system": KIND, "code": "letter"}], "text": content["subject"]},
        "requester": {"display": "Nærblik"},
        "contained": [content_of(letter)],
        "focus": {"reference": "#letter"},
    }


def _reply(content: Content) -> str | None:
    notes = [values.text(each, "text") for each in reversed(values.many(content, "note"))]
    said = [values.concept(values.one(content, "statusReason")), *notes] if _is_answer(content) else []
    found = next((each for each in said if each), None)
    return found[:LONGEST_REPLY] if found else None


def _is_answer(content: Content) -> bool:
    # Until then the only words in it are the citizen's own.
    return STATUSES[content["status"]] in ("answered", "failed")
