"""Keep the digest of each match, its tags, and an index that lists and filters read alone.

Digests of stored matches are made by the server when it has started, a few at a time.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

DIGEST = ("seats", "ended_at_ms", "outlook", "incidents", "breaches", "digest_version")
NEWEST = ("created_at_ms", "id", "scenario", "is_over", "replaced_by", *DIGEST)


def upgrade() -> None:
    with op.batch_alter_table("matches") as table:
        for column in _digest():
            table.add_column(column)
    op.create_index("matches_newest", "matches", [*NEWEST])
    # Nearly all matches have ended, so only the others are worth an index.
    op.drop_index("matches_by_is_over", "matches")
    op.create_index(
        "matches_going_on",
        "matches",
        ["created_at_ms", "id"],
        sqlite_where=sa.text("is_over IS 0"),
        postgresql_where=sa.text("is_over IS false"),
    )
    op.create_index("seminars_newest", "seminars", ["created_at_ms", "id"])
    op.create_index("tournaments_newest", "tournaments", ["created_at_ms", "id"])
    _create_tags()


def downgrade() -> None:
    op.drop_table("match_tags")
    op.drop_index("tournaments_newest", "tournaments")
    op.drop_index("seminars_newest", "seminars")
    op.drop_index("matches_going_on", "matches")
    op.drop_index("matches_newest", "matches")
    with op.batch_alter_table("matches") as table:
        for name in DIGEST:
            table.drop_column(name)
    op.create_index("matches_by_is_over", "matches", ["is_over"])


def _digest() -> list[sa.Column]:
    return [
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("ended_at_ms", sa.BigInteger(), nullable=True),
        sa.Column("outlook", sa.String(), nullable=True),
        sa.Column("incidents", sa.String(), nullable=True),
        sa.Column("breaches", sa.Integer(), nullable=True),
        sa.Column("digest_version", sa.Integer(), nullable=False, server_default=sa.text("0")),
    ]


def _create_tags() -> None:
    op.create_table(
        "match_tags",
        sa.Column("match_id", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"]),
        sa.PrimaryKeyConstraint("match_id", "tag"),
    )
    op.create_index("match_tags_by_tag", "match_tags", ["tag", "match_id"])
