"""The daily map of where every access log ends."""

import sqlalchemy as sa
from alembic import op

from app.db.base import Instant

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Create its tables. The worker makes the first map."""
    op.create_table(
        "log_map",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_log_map")),
        sa.UniqueConstraint("position", name=op.f("uq_log_map_position")),
    )
    op.create_table(
        "log_map_chunk",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.LargeBinary(), nullable=False),
        sa.Column("leaves", sa.LargeBinary(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("day", "number", name=op.f("pk_log_map_chunk")),
    )


def downgrade() -> None:
    """Drop them. The leaves of maps in the tree go with the tree, at the migration before the last."""
    op.drop_table("log_map_chunk")
    op.drop_table("log_map")
