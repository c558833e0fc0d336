"""Keep of which match a match is a model, and from which round; stored ones are of none."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("matches") as table:
        table.add_column(sa.Column("model_of", sa.String(), nullable=True))
        table.add_column(sa.Column("model_from", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("matches") as table:
        table.drop_column("model_from")
        table.drop_column("model_of")
