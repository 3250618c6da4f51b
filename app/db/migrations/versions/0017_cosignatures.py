"""What witnesses cosigned of the log's checkpoints."""

import sqlalchemy as sa
from alembic import op

from app.db.base import Instant

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "cosignature",
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("witness", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("size", "witness", name=op.f("pk_cosignature")),
    )


def downgrade() -> None:
    """Drop it: witnesses cosign what comes next."""
    op.drop_table("cosignature")
