"""Karen's prescriptions: open, near its end, closed, expired, cancelled, and one that no medication on the card has."""

from app.gateways.demo.today import Today
from app.medication.card import Prescription


def prescriptions(day: Today) -> tuple[Prescription, ...]:
    """Each with what can still be handed out, where the figures give it."""
    return (
        Prescription("91010001", "90010001", "open", day.plus(410), "100 stk.", 3),
        Prescription("91010002", "90010002", "open", day.plus(233), "100 stk.", 2),
        Prescription("91010003", "90010003", "open", day.plus(520), "300 stk.", 4),
        Prescription("91010004", "90010005", "open", day.plus(6), "120 doser", 1),
        Prescription("91010005", "90010006", "open", day.plus(305), "200 doser", None),
        Prescription("91010006", "90010007", "closed", day.plus(715), "100 stk.", 0),
        Prescription("91010007", "90010008", "expired", day.plus(-12), "12 stk.", 1),
        Prescription("91010008", "90010014", "open", day.plus(150), "100 stk.", 2),
        Prescription("91010009", "90010015", "cancelled", day.plus(88), "98 stk.", 2),
        Prescription("91010010", "90010016", "closed", day.plus(700), "30 stk.", 0),
        Prescription(
            id="91010011",
            status="open",
            valid_to=day.plus(340),
            package="30 g",
            dispensings_left=1,
            name="Hydrokortison",
            form="creme",
            strength="1 %",
            indication="mod eksem",
        ),
    )
