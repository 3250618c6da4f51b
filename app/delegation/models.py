"""The rows of delegation: invitations that a citizen made."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Instant


class InvitationRow(Base):
    """An invitation: its terms and the relative's name, sealed; of its code only a keyed hash.

    ``person_id`` is who opened it. That it has expired is seen by the clock.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint(
            "state IN ('offered', 'opened', 'accepted', 'refused', 'withdrawn', 'closed')",
            name="state",
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    citizen_id: Mapped[str] = mapped_column(ForeignKey("citizen.id"), index=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("citizen.id"), index=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    state: Mapped[str]
    misses: Mapped[int]
    key_version: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    moved_at: Mapped[datetime] = mapped_column(Instant)
