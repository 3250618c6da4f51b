"""The house: stamp, keys, log, shelf, citizens, logins."""

import sqlalchemy as sa
from alembic import op

from app.db.base import Instant

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the first tables."""
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    _vault_and_log()
    _shelf()
    _identity()


def downgrade() -> None:
    """Drop them, those that refer to others first."""
    for table in (
        "login_session",
        "citizen_number",
        "citizen",
        "source_clock",
        "item",
        "space_head",
        "access_entry",
        "subject_head",
        "data_key",
        "installation",
    ):
        op.drop_table(table)


def _vault_and_log() -> None:
    op.create_table(
        "data_key",
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kek_id", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("citizen_id", "version", name=op.f("pk_data_key")),
    )
    op.create_table(
        "subject_head",
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("citizen_id", name=op.f("pk_subject_head")),
    )
    op.create_table(
        "access_entry",
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("prev", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("citizen_id", "seq", name=op.f("pk_access_entry")),
        sa.UniqueConstraint("citizen_id", "nonce", name=op.f("uq_access_entry_citizen_id_nonce")),
    )


def _shelf() -> None:
    op.create_table(
        "space_head",
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("citizen_id", name=op.f("pk_space_head")),
    )
    op.create_table(
        "item",
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.Column("collection", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("citizen_id", "collection", "key", name=op.f("pk_item")),
        sa.ForeignKeyConstraint(["citizen_id"], ["space_head.citizen_id"], name=op.f("fk_item_citizen_id_space_head")),
    )
    op.create_index(op.f("ix_item_citizen_id_seq"), "item", ["citizen_id", "seq"])
    op.create_table(
        "source_clock",
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("asked_at", Instant(), nullable=True),
        sa.Column("failing_since", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("citizen_id", "source", name=op.f("pk_source_clock")),
        sa.ForeignKeyConstraint(
            ["citizen_id"], ["space_head.citizen_id"], name=op.f("fk_source_clock_citizen_id_space_head")
        ),
    )


def _identity() -> None:
    op.create_table(
        "citizen",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citizen")),
    )
    op.create_table(
        "citizen_number",
        sa.Column("blind", sa.LargeBinary(), nullable=False),
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("blind", name=op.f("pk_citizen_number")),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_citizen_number_citizen_id_citizen")),
    )
    op.create_index(op.f("ix_citizen_number_citizen_id"), "citizen_number", ["citizen_id"])
    op.create_table(
        "login_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_login_session")),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_login_session_citizen_id_citizen")),
    )
    op.create_index(op.f("ix_login_session_citizen_id"), "login_session", ["citizen_id"])
