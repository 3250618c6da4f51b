"""Case systems that ask for their organisation, and their tokens."""

import sqlalchemy as sa
from alembic import op

from app.db.base import Instant

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "case_system",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_system")),
    )
    op.create_table(
        "case_system_token",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("case_system_id", sa.String(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_system_id"], ["case_system.id"], name=op.f("fk_case_system_token_case_system_id_case_system")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_case_system_token")),
    )
    op.create_index(op.f("ix_case_system_token_expires_at"), "case_system_token", ["expires_at"])


def downgrade() -> None:
    """Drop them: case systems must be registered anew. The citizens' logs keep what they asked."""
    op.drop_table("case_system_token")
    op.drop_table("case_system")
