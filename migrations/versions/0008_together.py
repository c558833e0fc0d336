"""Keep whether the tables of a class stay together; those of stored classes go on as they did."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("seminars") as table:
        table.add_column(
            sa.Column("is_together", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    with op.batch_alter_table("seminars") as table:
        table.drop_column("is_together")
