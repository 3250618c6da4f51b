"""Caseworkers: sessions of staff, what they asked, and the alarm when it is unusually much."""

import sqlalchemy as sa
from alembic import op

from app.db.base import Instant

revision = "0006"
down_revision = "0005"

WHOSE = (
    "(kind = 'citizen' AND citizen_id IS NOT NULL AND staff_id IS NULL AND organisation IS NULL AND level IS NULL "
    "AND sealed IS NULL) OR (kind = 'staff' AND citizen_id IS NULL AND staff_id IS NOT NULL "
    "AND organisation IS NOT NULL AND level IS NOT NULL AND key_version IS NOT NULL AND sealed IS NOT NULL)"
)


def upgrade() -> None:
    """Create the tables; the sessions that stand are all citizens'."""
    op.create_table(
        "consent_question",
        sa.Column("asker", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("asker", "id", name=op.f("pk_consent_question")),
    )
    op.create_index(op.f("ix_consent_question_asker_asked_at"), "consent_question", ["asker", "asked_at"])
    op.create_table(
        "volume_alarm",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("raised_at", Instant(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("noes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volume_alarm")),
    )
    op.create_index(op.f("ix_volume_alarm_actor"), "volume_alarm", ["actor"])
    _open_sessions_to_staff()


def _open_sessions_to_staff() -> None:
    op.add_column("login_session", sa.Column("kind", sa.String(), nullable=True))
    op.add_column("login_session", sa.Column("staff_id", sa.String(), nullable=True))
    op.add_column("login_session", sa.Column("organisation", sa.String(), nullable=True))
    op.add_column("login_session", sa.Column("level", sa.String(), nullable=True))
    op.add_column("login_session", sa.Column("key_version", sa.Integer(), nullable=True))
    op.add_column("login_session", sa.Column("sealed", sa.LargeBinary(), nullable=True))
    op.execute("UPDATE login_session SET kind = 'citizen'")
    with op.batch_alter_table("login_session") as table:
        table.alter_column("kind", existing_type=sa.String(), nullable=False)
        table.alter_column("citizen_id", existing_type=sa.String(), nullable=True)
        table.create_check_constraint(op.f("ck_login_session_kind"), WHOSE)
    op.create_index(op.f("ix_login_session_staff_id"), "login_session", ["staff_id"])


def downgrade() -> None:
    """Drop them. Staff are logged out, and their own logs are gone; the citizens' logs keep every question."""
    op.execute("DELETE FROM login_session WHERE kind = 'staff'")
    op.drop_index(op.f("ix_login_session_staff_id"), "login_session")
    with op.batch_alter_table("login_session") as table:
        table.drop_constraint(op.f("ck_login_session_kind"), type_="check")
        table.alter_column("citizen_id", existing_type=sa.String(), nullable=False)
        for column in ("sealed", "key_version", "level", "organisation", "staff_id", "kind"):
            table.drop_column(column)
    op.drop_table("volume_alarm")
    op.drop_table("consent_question")
