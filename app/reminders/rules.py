"""Which preferences of reminders there are, what each may say, and what counts where nothing was said. Pure.

Invariant: every field says its own thing, so that two changes of different fields never meet; of one field the last
that the server took counts. A field that is new needs no migration: what was never said counts as its default.
"""

import re
from collections.abc import Mapping
from typing import Literal

Value = bool | int | str
Fault = Literal["field", "value"]

# What a citizen is reminded of, at all. Of doses only where the medicine's own field says so too.
KINDS = ("dose", "appointment", "consent_expiry", "consent_request")
# When a dose is due that the card gives this time of day; ``any``: one that it gives none.
TIMES: Mapping[str, str] = {
    "slot.morning": "08:00",
    "slot.noon": "12:00",
    "slot.evening": "18:00",
    "slot.night": "22:00",
    "slot.any": "08:00",
}
# Words: the first is the default. What a notice shows on a locked screen, and whether it comes to the minute.
WORDS: Mapping[str, tuple[str, ...]] = {"lock_screen": ("neutral", "named"), "timing": ("spread", "exact")}
# Minutes: least, most, default. How late a reminder may still come; how long "later" is; how long before an appointment
# (0: not), beside the day before.
MINUTES: Mapping[str, tuple[int, int, int]] = {
    "window": (15, 240, 60),
    "snooze": (5, 60, 10),
    "appointment.lead": (0, 1440, 120),
}
FLAGS: Mapping[str, bool] = {**{f"kind.{kind}": True for kind in KINDS}, "appointment.day_before": True}
# From when to when nothing comes but doses that were placed there: two clock times; "none" is none.
QUIET, NOT_QUIET = "quiet", "none"
DEFAULTS: Mapping[str, Value] = {
    **FLAGS,
    **TIMES,
    **{field: words[0] for field, words in WORDS.items()},
    **{field: default for field, (_, _, default) in MINUTES.items()},
    QUIET: NOT_QUIET,
}
# Of one medicine, by the shelf's key: whether its doses are reminded of, and after how many minutes without an answer a
# relative is told, to whom that was given; 0: nobody.
DELAY = (15, 1440, 0)
OF_MEDICINE: Mapping[str, Value] = {"remind": False, "escalation": DELAY[2]}

_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_TIME, _SPAN = re.compile(_CLOCK), re.compile(f"({_CLOCK})-({_CLOCK})")
_MEDICINE = re.compile(r"medicine\.([0-9a-f]{32})\.(remind|escalation)")


def fault(field: str, value: object) -> Fault | None:
    """Why this cannot be preferred: there is no such field, or it cannot say that; None: it can."""
    if default_of(field) is None:
        return "field"
    return None if _may_say(field, value) else "value"


def default_of(field: str) -> Value | None:
    """What counts while nothing was said; None when there is no such field."""
    found = _MEDICINE.fullmatch(field)
    return DEFAULTS.get(field) if found is None else OF_MEDICINE[found[2]]


def medicine_of(field: str) -> str | None:
    """The shelf's key of the medicine that a field is about; None for all others."""
    found = _MEDICINE.fullmatch(field)
    return None if found is None else found[1]


def counting(said: Mapping[str, object]) -> dict[str, Value]:
    """What counts of every field: what was said, where that can be said, and the default elsewhere.

    Of medicines only what was said is named.
    """
    can = {
        field: value
        for field, value in said.items()
        if isinstance(value, bool | int | str) and fault(field, value) is None
    }
    return {**DEFAULTS, **can}


def _may_say(field: str, value: object) -> bool:
    default = default_of(field)
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    if isinstance(default, int) or isinstance(value, int):
        return isinstance(default, int) and isinstance(value, int) and _may_last(field, value)
    return isinstance(value, str) and _may_be(field, value)


def _may_last(field: str, minutes: int) -> bool:
    least, most, _ = MINUTES.get(field, DELAY)
    return least <= minutes <= most or minutes == default_of(field)


def _may_be(field: str, text: str) -> bool:
    if field in WORDS:
        return text in WORDS[field]
    if field != QUIET:
        return _TIME.fullmatch(text) is not None
    span = _SPAN.fullmatch(text)
    return text == NOT_QUIET or (span is not None and span[1] != span[2])
