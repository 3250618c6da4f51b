"""What a person number is and what it tells: pure decisions, with no modulus 11 (it is no longer a rule)."""

import re
from datetime import date

_CPR = re.compile(r"[0-9]{10}")
_X_ECPR = re.compile(r"[0-9]{6}[17][A-Z]{2}[0-9]")
_D_ECPR = re.compile(r"[0-9]{6}[056][A-Z]{2}[0-9]")
_SEPARATED = re.compile(r"([0-9]{6})[- ]?([0-9A-Za-z]{4})")


def normal_form(text: str) -> str | None:
    """The ten characters of a number written with or without one hyphen or space after the date; else None."""
    written = _SEPARATED.fullmatch(text.strip(" \t\r\n"))
    return (written[1] + written[2]).upper() if written else None


def kind_of(value: str) -> str | None:
    """``cpr``, ``x-ecpr`` or ``d-ecpr`` for a number in normal form; None when it is none of them.

    A CPR number begins with a date that the calendar has. The replacement numbers need not: theirs may be made up.
    """
    if _CPR.fullmatch(value):
        return "cpr" if birth_date(value) else None
    if _X_ECPR.fullmatch(value):
        return "x-ecpr"
    return "d-ecpr" if _D_ECPR.fullmatch(value) else None


def birth_date(value: str) -> date | None:
    """The birth date in a CPR number, its century told by the seventh digit; None for all other numbers."""
    if not _CPR.fullmatch(value):
        return None
    try:
        return date(_century(int(value[6]), int(value[4:6])) + int(value[4:6]), int(value[2:4]), int(value[:2]))
    except ValueError:
        return None


def _century(seventh: int, year: int) -> int:
    if seventh <= 3:
        return 1900
    if seventh in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800
