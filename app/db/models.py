"""The stamp that tells which mode this database was born in."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Instant


class Installation(Base):
    """One row: the mode of birth, demo or production. The other mode refuses the database."""

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mode: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Instant)
