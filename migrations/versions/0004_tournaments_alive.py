"""Note when whoever plays a tournament last said so."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("tournaments") as tournaments:
        tournaments.add_column(sa.Column("alive_at_ms", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("tournaments") as tournaments:
        tournaments.drop_column("alive_at_ms")
