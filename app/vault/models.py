"""Wrapped data keys, in a table of their own so that backups can keep them for a shorter time than the rest."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Instant


class DataKey(Base):
    """One version of a citizen's data key, wrapped. Without its rows nothing sealed of the citizen opens again."""

    __tablename__ = "data_key"

    citizen_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    kek_id: Mapped[str]
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Instant)
