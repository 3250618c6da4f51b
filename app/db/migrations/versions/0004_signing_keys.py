"""Keys that sign receipts and answers."""

import sqlalchemy as sa
from alembic import op

from app.db.base import Instant

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table; its first key is made by whoever has the keys above it."""
    op.create_table(
        "signing_key",
        sa.Column("kid", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=True),
        sa.Column("x", sa.LargeBinary(), nullable=False),
        sa.Column("y", sa.LargeBinary(), nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False),
        sa.Column("kek_id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("retired_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("active", name=op.f("uq_signing_key_active")),
        sa.CheckConstraint(
            "(active IS NOT NULL AND active AND sealed IS NOT NULL AND retired_at IS NULL) "
            "OR (active IS NULL AND sealed IS NULL AND retired_at IS NOT NULL)",
            name=op.f("ck_signing_key_active"),
        ),
    )


def downgrade() -> None:
    """Drop it. What was signed can then be checked only with a copy of the public keys."""
    op.drop_table("signing_key")
