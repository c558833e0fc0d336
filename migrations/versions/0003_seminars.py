"""Make the tables of seminars; a token may belong to one."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_seminars()
    _create_matches()
    _create_people()
    with op.batch_alter_table("tokens") as tokens:
        tokens.add_column(sa.Column("seminar_id", sa.String(), nullable=True))
        tokens.create_foreign_key("tokens_seminar_id_exists", "seminars", ["seminar_id"], ["id"])
        tokens.create_index("tokens_by_seminar_id", ["seminar_id"])


def downgrade() -> None:
    with op.batch_alter_table("tokens") as tokens:
        tokens.drop_index("tokens_by_seminar_id")
        tokens.drop_constraint("tokens_seminar_id_exists", type_="foreignkey")
        tokens.drop_column("seminar_id")
    op.drop_table("seminar_people")
    op.drop_table("seminar_matches")
    op.drop_table("seminars")


def _create_seminars() -> None:
    op.create_table(
        "seminars",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("pace", sa.Float(), nullable=True),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("pairing", sa.String(), nullable=True),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("treatments", sa.Text(), nullable=False),
        sa.Column("created_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("is_archived", sa.Boolean(), nullable=False),
        sa.Column("is_rehearsal", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )


def _create_matches() -> None:
    op.create_table(
        "seminar_matches",
        sa.Column("match_id", sa.String(), nullable=False),
        sa.Column("seminar_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("treatment", sa.String(), nullable=True),
        sa.Column("is_dropped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"]),
        sa.ForeignKeyConstraint(["seminar_id"], ["seminars.id"]),
        sa.PrimaryKeyConstraint("match_id"),
    )
    op.create_index("seminar_matches_by_seminar_id", "seminar_matches", ["seminar_id"])


def _create_people() -> None:
    op.create_table(
        "seminar_people",
        sa.Column("seminar_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("match_id", sa.String(), nullable=True),
        sa.Column("joined_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"]),
        sa.ForeignKeyConstraint(["seminar_id"], ["seminars.id"]),
        sa.PrimaryKeyConstraint("seminar_id", "person"),
    )
