"""Citizens, their numbers behind a blind index, and login sessions."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Instant


class Citizen(Base):
    """Somebody whose data may be here. The id is random and says nothing."""

    __tablename__ = "citizen"

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Instant)


class CitizenNumber(Base):
    """One number of a citizen: a keyed hash to look up by, and the number with its dates, sealed."""

    __tablename__ = "citizen_number"

    blind: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    citizen_id: Mapped[str] = mapped_column(ForeignKey("citizen.id"), index=True)
    key_version: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class LoginSession(Base):
    """A login at a browser. Only hashes of its tokens are kept."""

    __tablename__ = "login_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    citizen_id: Mapped[str] = mapped_column(ForeignKey("citizen.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
