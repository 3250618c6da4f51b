"""Karen's card: all of her medication in the card's order, and her prescriptions."""

from app.gateways.demo import building, karen_daily, karen_other, karen_prescriptions
from app.gateways.demo.today import Today
from app.medication.card import CardAnswer


def card(day: Today) -> CardAnswer:
    """Her whole card on that day, one private medication among the others."""
    medications = karen_daily.medications(day) + karen_other.medications(day)
    return building.card(day, medications, karen_prescriptions.prescriptions(day))
