"""The demo's receivers: they take a message at once and answer it a little later, as a clinic's desk would."""

import json

from app.records.source import Kind, Receiver, Told

REPLIES = {
    "accepted": "Det er noteret. Vi ses.",
    "declined": "Din tid er givet videre. Du får en ny tid i Digital Post.",
    "tentative": "Vi ringer til dig om en ny tid inden to hverdage.",
    "renewal": "Recepten er fornyet og ligger klar på dit apotek.",
    "letter": "Brevet ligger i din Digital Post.",
}


class DemoReceiver:
    """Answers by itself. It remembers in memory what it was told; after a restart it answers in general words."""

    def __init__(self, name: str, takes: frozenset[Kind]) -> None:
        self.name, self.takes = name, takes
        self._told: dict[str, str] = {}

    def send(self, message_id: str, message: bytes) -> Told:
        """Take it."""
        content = json.loads(message)
        contained = content.get("contained") or [{}]
        what = contained[0].get("resourceType")
        kinds = {"AppointmentResponse": contained[0].get("participantStatus"), "Communication": "letter"}
        self._told[message_id] = kinds.get(what) or "renewal"
        return Told("received")

    def ask(self, message_id: str) -> Told:
        """By the time it is asked, it has answered."""
        reply = REPLIES.get(self._told.pop(message_id, ""), "Dit svar er læst.")
        return Told("answered", "accepted", reply)


def receivers() -> tuple[Receiver, ...]:
    """For the hospital's and doctor's appointments, the municipality's, the medication card, and letters."""
    answers: frozenset[Kind] = frozenset({"appointment_answer"})
    renewals: frozenset[Kind] = frozenset({"renewal"})
    letters: frozenset[Kind] = frozenset({"notice"})
    return (
        DemoReceiver("apd", answers),
        DemoReceiver("fhir", answers),
        DemoReceiver("fmk", renewals),
        DemoReceiver("post", letters),
    )
