"""Every epoch of a shelf that is known to be over, those that a backup lacks too; no more points beside outcomes."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

POINT = ("epoch", "seq", "chain")


def upgrade() -> None:
    """Move the epochs out of the alarms. What acts are acknowledged by is made when it is told."""
    op.create_table(
        "ended_epoch",
        sa.Column("citizen_id", sa.String(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("citizen_id", "epoch", name=op.f("pk_ended_epoch")),
    )
    op.execute(
        "INSERT INTO ended_epoch (citizen_id, epoch) "
        "SELECT DISTINCT citizen_id, epoch FROM shelf_alarm WHERE epoch IS NOT NULL"
    )
    op.drop_column("shelf_alarm", "epoch")
    for name in POINT:
        op.drop_column("applied", name)


def downgrade() -> None:
    """Forget which epochs ended: a device that stood in one raises an alarm once more, and fills its copy anew."""
    op.add_column("applied", sa.Column("epoch", sa.BigInteger(), nullable=True))
    op.add_column("applied", sa.Column("seq", sa.BigInteger(), nullable=True))
    op.add_column("applied", sa.Column("chain", sa.LargeBinary(), nullable=True))
    op.add_column("shelf_alarm", sa.Column("epoch", sa.BigInteger(), nullable=True))
    op.drop_table("ended_epoch")
