"""Signed notes as C2SP has them: a text, a blank line, and a line for each signature. Pure; keys are in the vault.

Invariant: there is one way to write a note, so whatever is changed in one is either no note or another one.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from app import errors

# What a key signs: the text itself, or (a witness) a time before it.
SIGNATURE, COSIGNATURE = 0x01, 0x04
ID_LENGTH = 4
# A checkpoint with the lines of many witnesses is far below it.
LONGEST = 64 * 1024
_BEGINS = "\u2014 "


@dataclass(frozen=True)
class Key:
    """Who signs, what they sign (``SIGNATURE`` or ``COSIGNATURE``), and their Ed25519 public key, 32 bytes."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell the keys of one name apart."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:ID_LENGTH]

    def text(self) -> str:
        """The key as people hand it on: ``name+id+base64``."""
        return f"{self.name}+{self.id.hex()}+{_written(bytes([self.kind]) + self.public)}"


@dataclass(frozen=True)
class Line:
    """One signature: the name and the id of its key, and the bytes that the key made."""

    name: str
    key_id: bytes
    signature: bytes

    def text(self) -> str:
        """The line, without its end."""
        return f"{_BEGINS}{self.name} {_written(self.key_id + self.signature)}"

    def is_by(self, key: Key) -> bool:
        """Whether the line claims to be this key's."""
        return (self.name, self.key_id) == (key.name, key.id)


@dataclass(frozen=True)
class SignedNote:
    """A text, which ends in a line feed, and its signatures."""

    text: str
    lines: tuple[Line, ...]

    def to_bytes(self) -> bytes:
        """The note as it travels."""
        return "".join([self.text, "\n", *(f"{each.text()}\n" for each in self.lines)]).encode()


def read(content: bytes) -> SignedNote:
    """The note in these bytes. Raises NotVerified."""
    try:
        whole = content.decode()
    except UnicodeDecodeError:
        raise _no_note() from None
    text, _, below = whole.rpartition("\n\n")
    if len(content) > LONGEST or not text or not below.endswith("\n") or not _is_plain(whole):
        raise _no_note()
    return SignedNote(f"{text}\n", tuple(line(each) for each in below[:-1].split("\n")))


def line(text: str) -> Line:
    """The signature that a line holds. Raises NotVerified."""
    name, _, coded = text.removeprefix(_BEGINS).partition(" ")
    made = _read(coded)
    if not text.startswith(_BEGINS) or not is_name(name) or len(made) <= ID_LENGTH:
        raise _no_note()
    return Line(name, made[:ID_LENGTH], made[ID_LENGTH:])


def key(text: str) -> Key:
    """The key that ``Key.text`` wrote. Raises NotVerified."""
    name, _, rest = text.partition("+")
    key_id, _, coded = rest.partition("+")
    made = _read(coded)
    found = Key(name, made[0] if made else 0, made[1:])
    if not is_name(name) or len(found.public) != 32 or found.id.hex() != key_id:
        raise errors.NotVerified("This is no key of a signed note: it is written name+id+base64.")
    return found


def of_key(lines: Sequence[Line], key: Key) -> Line:
    """The first line of a key. Raises NotVerified when it has none."""
    for each in lines:
        if each.is_by(key):
            return each
    raise errors.NotVerified(f"{key.name} has not signed this.")


def is_name(text: str) -> bool:
    """Whether a key may have this name."""
    return bool(text) and "+" not in text and not any(each.isspace() for each in text) and _is_plain(text)


def _is_plain(text: str) -> bool:
    return all(each == "\n" or (each >= " " and each != "\x7f") for each in text)


def _written(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _read(coded: str) -> bytes:
    """What is coded, or nothing where it is not coded in the only way."""
    try:
        content = base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return content if _written(content) == coded else b""


def _no_note() -> errors.NotVerified:
    return errors.NotVerified("This is no signed note.")
