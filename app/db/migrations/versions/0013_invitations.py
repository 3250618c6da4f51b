"""Invitations, by which a citizen lets a relative help."""

import sqlalchemy as sa
from alembic import op

from app.db.base import Instant

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("moved_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "state IN ('offered', 'opened', 'accepted', 'refused', 'withdrawn', 'closed')",
            name=op.f("ck_invitation_state"),
        ),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_invitation_citizen_id_citizen")),
        sa.ForeignKeyConstraint(["person_id"], ["citizen.id"], name=op.f("fk_invitation_person_id_citizen")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitation_code_hash")),
    )
    op.create_index(op.f("ix_invitation_citizen_id"), "invitation", ["citizen_id"])
    op.create_index(op.f("ix_invitation_person_id"), "invitation", ["person_id"])


def downgrade() -> None:
    """Drop it: what was offered and not answered is gone; delegations that were accepted stand."""
    op.drop_index(op.f("ix_invitation_person_id"), "invitation")
    op.drop_index(op.f("ix_invitation_citizen_id"), "invitation")
    op.drop_table("invitation")
