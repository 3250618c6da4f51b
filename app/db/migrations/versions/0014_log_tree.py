"""One tree over the entries of all access logs, with signed checkpoints."""

import sqlalchemy as sa
from alembic import op

from app.db.base import Instant

revision = "0014"
down_revision = "0013"

UNTOLD = sa.text("count > in_tree")


def upgrade() -> None:
    """Create an empty tree. The worker puts in what logs hold already."""
    op.add_column("subject_head", sa.Column("in_tree", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_index(
        op.f("ix_subject_head_citizen_id"), "subject_head", ["citizen_id"], sqlite_where=UNTOLD, postgresql_where=UNTOLD
    )
    tree = op.create_table(
        "log_tree",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("origin", sa.String(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_tree")),
    )
    op.bulk_insert(tree, [{"id": 1, "origin": None, "size": 0}])
    op.create_table(
        "log_leaf",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("citizen_id", sa.String(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("shredded", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_log_leaf")),
        sa.UniqueConstraint("citizen_id", "seq", name=op.f("uq_log_leaf_citizen_id_seq")),
    )
    op.create_table(
        "log_tile",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "number", name=op.f("pk_log_tile")),
    )
    op.create_table(
        "checkpoint",
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_checkpoint")),
    )


def downgrade() -> None:
    """Drop the tree: the chains stay, and nothing proves any more that none of them was cut."""
    for table in ("checkpoint", "log_tile", "log_leaf", "log_tree"):
        op.drop_table(table)
    op.drop_index(op.f("ix_subject_head_citizen_id"), "subject_head")
    op.drop_column("subject_head", "in_tree")
