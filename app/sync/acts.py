"""The acts that a device may send: what each must say, the access it needs, and what it does.

Each goes through the same door and the same verbs as the same deed in a browser. Instants and zones that a device tells
decide nothing; the id of what an act writes is made of the device's and the act's number, so that it is the act's own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app import errors
from app.access import service as access
from app.appointments import answers
from app.consent import giving
from app.consent.ledger import Issuer
from app.grant import Action, Actor, Grant, Purpose
from app.identity.device import Device
from app.medication import marks, renewals
from app.medication.marks import Said
from app.notes import service as notes
from app.notes.service import Note
from app.records.source import Kind
from app.reminders import preferences
from app.sync.args import LONGEST_ID, Args, Rejected

LONGEST_FIELD, LONGEST_NOTE = 80, 2_000
MOST_ORDINAL = 100
# Acts that are sent on to a source, as messages of which kind.
SENT_ON: Mapping[str, Kind] = {"appointment:answer": "appointment_answer", "renewal:ask": "renewal"}
# Which refusal of a service is which code of the protocol; the first that fits.
CODES: tuple[tuple[type[errors.DomainError], str], ...] = (
    (errors.FreshLoginNeeded, "fresh_login_needed"),
    (errors.NotAllowed, "not_allowed"),
    (errors.NotFound, "not_found"),
    (errors.Stale, "stale"),
    (errors.Conflict, "conflict"),
    (errors.Invalid, "malformed"),
)


@dataclass(frozen=True)
class Act:
    """What a person did on a device. ``payload_hash`` is of all that was sent under this number."""

    mid: int
    name: str
    v: int
    space: str
    args: Mapping[str, Any]
    precondition: str | None
    payload_hash: bytes


@dataclass(frozen=True)
class By:
    """Through which device an act comes, who signs receipts, which sources take which messages, and the instant."""

    device: Device
    issuer: Issuer
    takers: Callable[[Kind], frozenset[str]]
    at: datetime


def do(session: Session, by: By, act: Act) -> None:
    """Do an act. Raises Rejected, or the service's own refusal; nothing may be kept then."""
    verb = VERBS.get((act.name, act.v))
    if verb is None:
        raise Rejected("unknown_act")
    verb(session, by, act)


def code_of(error: errors.DomainError) -> str:
    """The protocol's code for a refusal. What is no refusal of an act is raised on: the device tries again later."""
    for kind, code in CODES:
        if isinstance(error, kind):
            return code
    raise error


def id_of(by: By, act: Act) -> str:
    """The id of what an act writes."""
    return f"{by.device.id}-{act.mid}"


def _mark(session: Session, by: By, act: Act) -> None:
    args = Args(act.args, {"medication", "date", "slot", "ordinal", "said", "at"})
    _say(session, by, act, args, None)


def _mark_amount(session: Session, by: By, act: Act) -> None:
    args = Args(act.args, {"medication", "date", "slot", "ordinal", "said", "at", "quantity", "unit"})
    _say(session, by, act, args, marks.Amount(args.text("quantity"), args.words("unit", LONGEST_ID)))


def _say(session: Session, by: By, act: Act, args: Args, amount: marks.Amount | None) -> None:
    said: Said = args.one_of("said", ("taken", "skipped"))  # type: ignore[assignment]  # those are its words
    slot = marks.Slot(
        args.text("medication"), args.day("date"), args.text("slot"), args.number("ordinal", MOST_ORDINAL)
    )
    told = marks.Statement(slot, said, args.instant("at"), amount)
    marks.record_mark(session, _open(session, by, act, "medication:mark"), id_of(by, act), told)


def _undo_mark(session: Session, by: By, act: Act) -> None:
    args = Args(act.args, {"mark"})
    marks.undo_mark(session, _open(session, by, act, "medication:mark"), id_of(by, act), args.text("mark"))


def _undo_own_mark(session: Session, by: By, act: Act) -> None:
    """Take back what this device itself said, by the number of that act: its key is not known there until a pull."""
    grant = _open(session, by, act, "medication:mark")
    said = f"{by.device.id}-{Args(act.args, {'of'}).number('of', act.mid)}"
    marks.undo_mark(session, grant, id_of(by, act), marks.key_of(session, grant, said))


def _answer(session: Session, by: By, act: Act) -> None:
    args = Args(act.args, {"appointment", "said", "wish"})
    said: Any = args.one_of("said", ("coming", "cannot", "move"))
    given = answers.Given(id_of(by, act), _precondition(act), said, args.words("wish"))
    grant = _open(session, by, act, "appointments:respond")
    answers.answer(session, grant, args.text("appointment"), given, by.takers("appointment_answer"), by.at)


def _ask_renewal(session: Session, by: By, act: Act) -> None:
    args = Args(act.args, {"medication", "note"})
    grant = _open(session, by, act, "medication:renew")
    key, words = args.text("medication"), args.words("note")
    renewals.wish(session, grant, key, id_of(by, act), words, by.takers("renewal"), by.at)


def _write_note(session: Session, by: By, act: Act) -> None:
    args = Args(act.args, {"id", "about", "about_key", "kind", "text", "done"})
    about: Any = args.one_of("about", ("medication", "appointment"))
    kind: Any = args.one_of("kind", ("note", "question"))
    text = args.text("text", LONGEST_NOTE)
    note = Note(args.text("id"), about, args.text("about_key"), kind, text, args.flag("done"), version=act.precondition)
    notes.record_note(session, _open(session, by, act, "notes:write"), note, by.at, by.device.id)


def _remove_note(session: Session, by: By, act: Act) -> None:
    args = Args(act.args, {"id"})
    grant = _open(session, by, act, "notes:write")
    notes.remove_note(session, grant, args.text("id"), act.precondition, by.device.id)


def _withdraw(session: Session, by: By, act: Act) -> None:
    args = Args(act.args, {"grant_id"})
    grant = _open(session, by, act, "consents:withdraw")
    giving.withdraw(session, grant, args.text("grant_id"), id_of(by, act), by.issuer)


def _set_preference(session: Session, by: By, act: Act) -> None:
    args = Args(act.args, {"field", "value"})
    grant = _open(session, by, act, "preferences:write")
    preferences.set_preference(session, grant, args.text("field", LONGEST_FIELD), act.args["value"])


VERBS: Mapping[tuple[str, int], Callable[[Session, By, Act], None]] = {
    ("dose:mark", 1): _mark,
    ("dose:mark", 2): _mark_amount,
    ("dose:undo", 1): _undo_mark,
    ("dose:undo", 2): _undo_own_mark,
    ("appointment:answer", 1): _answer,
    ("renewal:ask", 1): _ask_renewal,
    ("note:write", 1): _write_note,
    ("note:remove", 1): _remove_note,
    ("consent:withdraw", 1): _withdraw,
    ("preference:set", 1): _set_preference,
}


def _open(session: Session, by: By, act: Act, action: Action) -> Grant:
    """The grant for this act, decided and logged in the transaction that does it."""
    person = by.device.citizen_id
    purpose: Purpose = "self" if act.space == person else "relative"
    return access.open_record(session, Actor(person, "citizen"), act.space, action, purpose, by.at)


def _precondition(act: Act) -> str:
    if act.precondition is None:
        raise Rejected("malformed")
    return act.precondition
