"""The citizens' devices."""

import sqlalchemy as sa
from alembic import op

from app.db.base import Instant

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "device",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.Column("suite", sa.String(), nullable=False),
        sa.Column("seal_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_key", sa.LargeBinary(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("challenge_hash", sa.LargeBinary(), nullable=True),
        sa.Column("enrolled_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("signed_in_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("wiped_at", Instant(), nullable=True),
        sa.Column("nonce_high", sa.BigInteger(), nullable=False),
        sa.Column("nonce_seen", sa.LargeBinary(), nullable=False),
        sa.Column("low_mid", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('pending', 'active', 'ended')", name=op.f("ck_device_state")),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_device_citizen_id_citizen")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
    )
    op.create_index(op.f("ix_device_citizen_id"), "device", ["citizen_id"])


def downgrade() -> None:
    """Drop it: every device must be set up anew."""
    op.drop_index(op.f("ix_device_citizen_id"), "device")
    op.drop_table("device")
