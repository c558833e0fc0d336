"""Keep whether the wall of a class names whom its tables wait for; stored ones do not."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("seminars") as table:
        table.add_column(
            sa.Column("is_waiting_named", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    with op.batch_alter_table("seminars") as table:
        table.drop_column("is_waiting_named")
