"""How far a message has come, as it goes out."""

from typing import Any

from app import clock
from app.records.rules import Delivery


def delivery(delivery: Delivery) -> dict[str, Any]:
    """``at`` is ISO 8601 with Copenhagen's offset."""
    return {
        "status": delivery.status,
        "at": clock.copenhagen_text(delivery.at),
        "outcome": delivery.outcome,
        "reply": delivery.reply,
    }
