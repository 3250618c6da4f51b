"""Data keys per citizen: make them, wrap them, and seal and open with them."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Executable, Row, bindparam, select
from sqlalchemy.orm import Session

from app.vault import envelope
from app.vault.blind_index import BlindIndex
from app.vault.box import Box, Keys
from app.vault.keys import KEY_LENGTH, KeyProvider
from app.vault.models import DataKey

if TYPE_CHECKING:  # loaded only where devices are
    from app.vault.heads import HeadSigner
    from app.vault.note_keys import NoteSigner
    from app.vault.tokens import Tokens
from app.db.base import table_of

_DATA_KEY = table_of(DataKey)
# Built once: every transaction about a citizen begins with it.
_KEYS_OF = select(_DATA_KEY.c.citizen_id, _DATA_KEY.c.version, _DATA_KEY.c.kek_id, _DATA_KEY.c.wrapped).where(
    _DATA_KEY.c.citizen_id == bindparam("citizen")
)
# Shared with all who seal; only whoever destroys a key is shut out.
_KEYS_HELD = _KEYS_OF.order_by(_DATA_KEY.c.version).with_for_update(read=True, key_share=True)


class Vault:
    """The installation's keys. Rides in ``session.info``; ``of(session)`` finds it."""

    def __init__(self, provider: KeyProvider) -> None:
        self.provider = provider
        self.blind = BlindIndex(provider.derive("blind index"))
        # Secrets of their own, so that what leaves the house cannot be set against what stands in the database.
        self.pseudonyms = BlindIndex(provider.derive("pseudonyms"))
        self.own_rows = BlindIndex(provider.derive("own rows"))
        self.map_tags = BlindIndex(provider.derive("log map"))

    @cached_property
    def heads(self) -> "HeadSigner":
        """What signs the answers to devices."""
        from app.vault.heads import HeadSigner  # loaded only where devices are

        return HeadSigner(self.provider)

    @cached_property
    def tokens(self) -> "Tokens":
        """What seals the tokens that devices carry."""
        from app.vault.tokens import Tokens  # as above

        return Tokens(self.provider)

    @cached_property
    def checkpoints(self) -> "NoteSigner":
        """What signs the log's checkpoints."""
        from app.vault import note_keys  # loaded only where the log is signed

        return note_keys.of_log(self.provider)

    def box(self, session: Session, citizen_id: str, now: datetime) -> Box:
        """The citizen's box, unwrapped once in a transaction; the first use makes their first data key."""
        boxes: dict[str, Box] = session.info.setdefault("boxes", {})
        if citizen_id in boxes:
            return boxes[citizen_id]
        rows = session.execute(_KEYS_OF, {"citizen": citizen_id}).all()
        if not rows:
            # Not kept: what is made in a savepoint may be undone with it.
            made = {1: self.add_version(session, citizen_id, 1, now)}
            return Box(citizen_id, made, lambda: made)
        boxes[citizen_id] = Box(
            citizen_id,
            {row.version: self._unwrap(row) for row in rows},
            lambda: self._read(session, _KEYS_OF, citizen_id),
            lambda: self._hold(session, citizen_id),
        )
        return boxes[citizen_id]

    def _read(self, session: Session, asked: Executable, citizen_id: str) -> Keys:
        return {row.version: self._unwrap(row) for row in session.execute(asked, {"citizen": citizen_id})}

    def _hold(self, session: Session, citizen_id: str) -> Keys | None:
        """Hold the rows of a citizen's keys until the transaction ends, so that none is destroyed before.

        Where one writes at a time there is nothing to hold. What a savepoint holds goes with it, if it is undone.
        """
        if session.get_bind().dialect.name == "sqlite":
            return None
        held: dict[str, object] = session.info.setdefault("held", {})
        savepoint = session.get_nested_transaction()
        if citizen_id in held and held[citizen_id] in (None, savepoint):
            return None
        keys = self._read(session, _KEYS_HELD, citizen_id)
        held[citizen_id] = savepoint
        return keys

    def add_version(self, session: Session, citizen_id: str, version: int, now: datetime) -> bytes:
        """Make and store a new data key; returns it in clear for use in this transaction."""
        session.info.get("boxes", {}).pop(citizen_id, None)
        data_key = secrets.token_bytes(KEY_LENGTH)
        kek_id = self.provider.current()
        wrapped = self.provider.wrap(kek_id, data_key, _place(citizen_id, version))
        row = DataKey(citizen_id=citizen_id, version=version, kek_id=kek_id, wrapped=wrapped, created_at=now)
        session.add(row)
        session.flush()  # the row must exist before anything sealed with it is written
        return data_key

    def holders(self, session: Session) -> list[str]:
        """Everybody who has data keys, sorted: citizens, staff and decoys."""
        return list(session.scalars(select(DataKey.citizen_id).distinct().order_by(DataKey.citizen_id)))

    def rewrap(self, session: Session, citizen_id: str) -> int:
        """Wrap the citizen's data keys under the current key; returns how many were not yet."""
        current = self.provider.current()
        rows = session.scalars(select(DataKey).where(DataKey.citizen_id == citizen_id, DataKey.kek_id != current)).all()
        for row in rows:
            row.wrapped = self.provider.wrap(current, self._unwrap(row), _place(citizen_id, row.version))
            row.kek_id = current
        return len(rows)

    def _unwrap(self, row: DataKey | Row[str, int, str, bytes]) -> bytes:
        return self.provider.unwrap(row.kek_id, row.wrapped, _place(row.citizen_id, row.version))


def of(session: Session) -> Vault:
    """The vault that this session was opened with."""
    vault = session.info["vault"]
    if not isinstance(vault, Vault):
        raise TypeError("this session was opened without a vault")
    return vault


def in_database(info: Mapping[str, Any]) -> Vault:
    """The vault that rides with a database, for what needs no session."""
    vault = info["vault"]
    if not isinstance(vault, Vault):
        raise TypeError("this database was opened without a vault")
    return vault


def _place(citizen_id: str, version: int) -> bytes:
    return envelope.context("data key", citizen_id, version)
