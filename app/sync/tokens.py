"""The tokens that a device carries and cannot read: where a copy stands, and the newest act that was acknowledged.

A token counts only for the device and the space that it was made for.
"""

import base64
from typing import Any

from app import errors
from app.sync.rules import Acked, Cursor, Point
from app.vault.tokens import Tokens

CURSOR, ACKED = "cursor", "act"


def seal_cursor(tokens: Tokens, device_id: str, space: str, cursor: Cursor, *, sees_all: bool) -> str:
    """A cursor as a token. ``sees_all``: whether the copy tells of everything on the shelf."""
    values = [*_place(device_id, space, cursor.point), cursor.gen, cursor.number, _text(cursor.view), cursor.after]
    return tokens.seal(CURSOR, [*values, sees_all])


def open_cursor(tokens: Tokens, device_id: str, space: str, token: str | None) -> Cursor | None:
    """The cursor; None for no token, for one that we did not make, and for another device's or space's."""
    values = _open(tokens, CURSOR, device_id, token)
    return _cursor(values) if values is not None and values[1] == space else None


def seal_acked(tokens: Tokens, device_id: str, space: str, acked: Acked) -> str:
    """That an act was acknowledged, as a token."""
    return tokens.seal(ACKED, [*_place(device_id, space, acked.point), acked.mid])


def open_acked(tokens: Tokens, device_id: str, space: str, token: str | None) -> Acked | None:
    """What the token says of an act; None as in ``open_cursor``."""
    values = _open(tokens, ACKED, device_id, token)
    return _acked(values) if values is not None and values[1] == space else None


def open_any(tokens: Tokens, device_id: str, token: str) -> tuple[str, Cursor | Acked] | None:
    """The space that a token of either kind speaks of, and what it says; None as in ``open_cursor``."""
    values = _open(tokens, CURSOR, device_id, token)
    if values is not None:
        return values[1], _cursor(values)
    values = _open(tokens, ACKED, device_id, token)
    return (values[1], _acked(values)) if values is not None else None


def position(tokens: Tokens, token: str) -> tuple[str, int, int] | None:
    """For news: space, epoch and number of a cursor of whichever device; None for a copy that is to be pulled anyway.

    That is one that does not tell of the whole shelf, since what it leaves out must not be heard of, and one that is
    still being filled. Raises Invalid for what is no cursor of ours.
    """
    _, space, epoch, seq, _, _, _, _, after, sees_all = tokens.open(CURSOR, token)
    return (space, epoch, seq) if sees_all and after is None else None


def _place(device_id: str, space: str, point: Point) -> list[Any]:
    return [device_id, space, point.epoch, point.seq, _text(point.chain)]


def _cursor(values: list[Any]) -> Cursor:
    _, _, epoch, seq, chain, gen, number, view, after, _ = values
    return Cursor(Point(epoch, seq, _bytes(chain)), gen, number, _bytes(view), after)


def _acked(values: list[Any]) -> Acked:
    _, _, epoch, seq, chain, mid = values
    return Acked(Point(epoch, seq, _bytes(chain)), mid)


def _open(tokens: Tokens, kind: str, device_id: str, token: str | None) -> list[Any] | None:
    if token is None:
        return None
    try:
        values = tokens.open(kind, token)
    except errors.Invalid:
        return None
    return values if values[0] == device_id else None


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
