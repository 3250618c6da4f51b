"""What the law lets somebody do without asking the citizen, by role: the statutory rows of the decision."""

from dataclasses import dataclass
from typing import get_args

from app.consent.event import ACTIONS, Statute
from app.grant import Action, Actor

# The organisation of whoever acts on the machine itself: the one that runs the installation.
INSTALLATION = "naerblik:installation"
# Every word that an access or a consent can name.
WORDS: frozenset[str] = frozenset(get_args(Action)) | ACTIONS


@dataclass(frozen=True)
class Law:
    """A statutory row, and the name under which the log gives it as the basis of an access."""

    row: Statute
    basis: str


# Databeskyttelsesforordningen art. 28: the processor does what the controller told it to, and the log tells of each.
OPERATOR_ACTIONS: tuple[Action, ...] = (
    "person:read",
    "medication:read",
    "appointments:read",
    "consents:read",
    "log:read",
    "record:import",
    "record:export",
    "record:refresh",
)
OPERATION = tuple(
    Law(Statute("operator", INSTALLATION, action, "operation"), "operation") for action in OPERATOR_ACTIONS
)
# A message that the citizen wrote is carried to whom they wrote it to.
OWN_ORDER = (Law(Statute("system", INSTALLATION, "message:deliver", "self"), "own_order"),)


def laws_for(actor: Actor) -> tuple[Law, ...]:
    """The rows that may match this actor. A caseworker may ask, for their own organisation; the answer is consent's."""
    if actor.role == "operator":
        return OPERATION
    if actor.role == "system":
        return OWN_ORDER
    if actor.role == "caseworker" and actor.organisation is not None:
        asked: tuple[Action, ...] = ("consents:ask", "consents:record", "consents:approve", "consent:status")
        return tuple(
            Law(Statute("caseworker", actor.organisation, action, "casework"), "forvaltningslov") for action in asked
        )
    return ()


def basis_of(actor: Actor, action: Action, purpose: str) -> str:
    """The name of the law that a row of this actor's rests on. Raises StopIteration when there is no such row."""
    return next(law.basis for law in laws_for(actor) if (law.row.action, law.row.purpose) == (action, purpose))


def organisation_of(actor: Actor) -> str | None:
    """The organisation for which an actor acts."""
    return INSTALLATION if actor.role in ("operator", "system") else actor.organisation
