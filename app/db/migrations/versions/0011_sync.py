"""Copies on devices, acts with their outcomes, who was granted what, and which epochs were ended here."""

import sqlalchemy as sa
from alembic import op

from app.db.base import Instant

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Create the tables. What grants there are is noted by ``naerblik db upgrade`` afterwards."""
    op.create_table(
        "replica",
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("gen", sa.String(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", Instant(), nullable=False),
        sa.Column("told_at", Instant(), nullable=False),
        sa.Column("wipe_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_replica_device_id_device")),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_replica_citizen_id_citizen")),
        sa.PrimaryKeyConstraint("device_id", "citizen_id", name=op.f("pk_replica")),
    )
    op.create_index(op.f("ix_replica_citizen_id"), "replica", ["citizen_id"])
    op.create_table(
        "applied",
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("mid", sa.BigInteger(), nullable=False),
        sa.Column("space", sa.String(), nullable=False),
        sa.Column("payload_hash", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("chain", sa.LargeBinary(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_applied_device_id_device")),
        sa.PrimaryKeyConstraint("device_id", "mid", name=op.f("pk_applied")),
    )
    op.create_index(op.f("ix_applied_decided_at"), "applied", ["decided_at"])
    op.create_table(
        "consent_grantee",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "citizen_id", name=op.f("pk_consent_grantee")),
    )
    op.add_column("shelf_alarm", sa.Column("epoch", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Drop them: every copy must be filled anew, and an act that is sent again is done again."""
    op.drop_column("shelf_alarm", "epoch")
    op.drop_table("consent_grantee")
    op.drop_index(op.f("ix_applied_decided_at"), "applied")
    op.drop_table("applied")
    op.drop_index(op.f("ix_replica_citizen_id"), "replica")
    op.drop_table("replica")
