"""Whether a shelf is closed after a restore stands in an item; alarms are found by their citizen."""

import sqlalchemy as sa
from alembic import op

from app.db.base import Instant

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Drop the head's column, which nothing ever filled: no version that had it noticed a restore."""
    op.drop_column("space_head", "closed_at")
    op.create_index(op.f("ix_shelf_alarm_citizen_id"), "shelf_alarm", ["citizen_id"])


def downgrade() -> None:
    """Put the column back, empty: a shelf that is closed stays so by its alarm, until somebody confirms it."""
    op.drop_index(op.f("ix_shelf_alarm_citizen_id"), "shelf_alarm")
    op.add_column("space_head", sa.Column("closed_at", Instant(), nullable=True))
