"""A citizen's consents: the append-only list of events, and the requests that wait for an answer."""

import sqlalchemy as sa
from alembic import op

from app.db.base import Instant

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "consent_event",
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("receipt", sa.LargeBinary(), nullable=False),
        sa.Column("prev", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("citizen_id", "seq", name=op.f("pk_consent_event")),
        sa.UniqueConstraint("citizen_id", "id", name=op.f("uq_consent_event_citizen_id_id")),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_consent_event_citizen_id_citizen")),
    )
    op.create_table(
        "consent_request",
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("citizen_id", "id", name=op.f("pk_consent_request")),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_consent_request_citizen_id_citizen")),
    )


def downgrade() -> None:
    """Drop them. What was given and withdrawn is then known only by the receipts that citizens keep."""
    op.drop_table("consent_request")
    op.drop_table("consent_event")
