"""Each checkpoint names the one before it, and the tree the newest, so that none can be taken out unseen."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Put what was signed before into its order."""
    op.add_column("checkpoint", sa.Column("previous", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("log_tree", sa.Column("signed", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE checkpoint SET previous = "
        "COALESCE((SELECT MAX(older.size) FROM checkpoint older WHERE older.size < checkpoint.size), 0)"
    )
    op.execute("UPDATE log_tree SET signed = COALESCE((SELECT MAX(size) FROM checkpoint), 0)")


def downgrade() -> None:
    """Forget the order."""
    op.drop_column("log_tree", "signed")
    op.drop_column("checkpoint", "previous")
