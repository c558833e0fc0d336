"""Keep which branch took a match's place; for matches that were replaced before, nobody knows."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("matches") as table:
        table.add_column(sa.Column("replaced_by", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("matches") as table:
        table.drop_column("replaced_by")
