"""Make the tables of servers and leases; a match names the room in which it is played."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "servers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("host_hash", sa.String(), nullable=False),
        sa.Column("alive_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "leases",
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("left_at_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("room"),
    )
    op.create_index("leases_by_owner", "leases", ["owner"])
    op.add_column("matches", sa.Column("room", sa.String(), nullable=True))
    op.execute(
        "UPDATE matches SET room = (SELECT seminar_id FROM seminar_matches"
        " WHERE seminar_matches.match_id = matches.id)"
    )


def downgrade() -> None:
    op.drop_column("matches", "room")
    op.drop_table("leases")
    op.drop_table("servers")
