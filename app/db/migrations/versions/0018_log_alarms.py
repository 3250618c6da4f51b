"""Alarms about logs whose counters and rows differ."""

import sqlalchemy as sa
from alembic import op

from app.db.base import Instant

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "log_alarm",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.Column("raised_at", Instant(), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.Column("found", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_alarm")),
    )


def downgrade() -> None:
    """Drop it: what still differs raises an alarm again."""
    op.drop_table("log_alarm")
