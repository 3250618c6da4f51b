"""Accounts at a login provider, attempts to log in there, and how and when a session's citizen showed who they are."""

import sqlalchemy as sa
from alembic import op

from app.db.base import Instant

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables; sessions that stand are the demo's, and were begun when somebody chose a person."""
    op.create_table(
        "account",
        sa.Column("blind", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("citizen_id", sa.String(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("blind", name=op.f("pk_account")),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=op.f("fk_account_citizen_id_citizen")),
        sa.CheckConstraint(
            "(kind = 'citizen' AND citizen_id IS NOT NULL) OR (kind = 'staff' AND citizen_id IS NULL)",
            name=op.f("ck_account_kind"),
        ),
    )
    op.create_index(op.f("ix_account_citizen_id"), "account", ["citizen_id"])
    op.create_table(
        "login_attempt",
        sa.Column("cookie_hash", sa.LargeBinary(), nullable=False),
        sa.Column("state_hash", sa.LargeBinary(), nullable=False),
        sa.Column("held_hash", sa.LargeBinary(), nullable=True),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("cookie_hash", name=op.f("pk_login_attempt")),
    )
    op.create_index(op.f("ix_login_attempt_expires_at"), "login_attempt", ["expires_at"])
    op.add_column("login_session", sa.Column("method", sa.String(), nullable=True))
    op.add_column("login_session", sa.Column("authenticated_at", Instant(), nullable=True))
    op.execute("UPDATE login_session SET method = 'demo', authenticated_at = created_at")
    with op.batch_alter_table("login_session") as table:
        table.alter_column("method", existing_type=sa.String(), nullable=False)
        table.alter_column("authenticated_at", existing_type=Instant(), nullable=False)
    op.create_index(op.f("ix_login_session_expires_at"), "login_session", ["expires_at"])


def downgrade() -> None:
    """Drop them. Who logged in at a provider keeps the session, and logs in anew afterwards."""
    op.drop_index(op.f("ix_login_session_expires_at"), "login_session")
    with op.batch_alter_table("login_session") as table:
        table.drop_column("authenticated_at")
        table.drop_column("method")
    op.drop_table("login_attempt")
    op.drop_table("account")
