"""Messages of citizens on their way to a receiver."""

import sqlalchemy as sa
from alembic import op

from app.db.base import Instant

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "outgoing",
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("collection", sa.String(), nullable=False),
        sa.Column("item_key", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("next_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("citizen_id", "message_id", name=op.f("pk_outgoing")),
        sa.ForeignKeyConstraint(
            ["citizen_id"], ["space_head.citizen_id"], name=op.f("fk_outgoing_citizen_id_space_head")
        ),
    )
    op.create_index(op.f("ix_outgoing_next_at"), "outgoing", ["next_at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("outgoing")
