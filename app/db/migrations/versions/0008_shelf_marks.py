"""Marks of items, what a shelf holds in sum, its links, and alarms when an older backup was put back."""

import sqlalchemy as sa
from alembic import op

from app.db.base import Instant

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add them. Marks need the vault: ``naerblik db upgrade`` fills those of older items after the migrations."""
    nothing = sa.text("x''" if op.get_bind().dialect.name == "sqlite" else "''")
    op.add_column("item", sa.Column("mark", sa.LargeBinary(), nullable=False, server_default=nothing))
    op.add_column("space_head", sa.Column("count", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    op.add_column("space_head", sa.Column("digest", sa.LargeBinary(), nullable=False, server_default=nothing))
    op.add_column("space_head", sa.Column("closed_at", Instant(), nullable=True))
    op.create_table(
        "shelf_link",
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["citizen_id"], ["space_head.citizen_id"], name=op.f("fk_shelf_link_citizen_id_space_head")
        ),
        sa.PrimaryKeyConstraint("citizen_id", "seq", name=op.f("pk_shelf_link")),
    )
    op.create_index(op.f("ix_shelf_link_at"), "shelf_link", ["at"])
    op.create_table(
        "shelf_alarm",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.Column("raised_at", Instant(), nullable=False),
        sa.Column("reopened_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf_alarm")),
    )


def downgrade() -> None:
    """Drop them: copies on devices are filled anew after the next upgrade."""
    op.drop_table("shelf_alarm")
    op.drop_table("shelf_link")
    with op.batch_alter_table("space_head") as table:
        table.drop_column("closed_at")
        table.drop_column("digest")
        table.drop_column("count")
    with op.batch_alter_table("item") as table:
        table.drop_column("mark")
