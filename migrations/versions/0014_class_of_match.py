"""Keep with each match which class it counts in, for the index that the library reads alone."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

DIGEST = ("seats", "ended_at_ms", "outlook", "incidents", "breaches", "digest_version")
NEWEST = ("created_at_ms", "id", "scenario", "is_over", "replaced_by", *DIGEST)
OF_CLASS = (
    "UPDATE matches SET seminar_id = (SELECT seminar_matches.seminar_id FROM seminar_matches"
    " WHERE seminar_matches.match_id = matches.id AND NOT seminar_matches.is_dropped)"
)


def upgrade() -> None:
    with op.batch_alter_table("matches") as table:
        table.add_column(sa.Column("seminar_id", sa.String(), nullable=True))
    op.execute(OF_CLASS)
    op.drop_index("matches_newest", "matches")
    op.create_index("matches_newest", "matches", [*NEWEST, "seminar_id"])


def downgrade() -> None:
    op.drop_index("matches_newest", "matches")
    with op.batch_alter_table("matches") as table:
        table.drop_column("seminar_id")
    op.create_index("matches_newest", "matches", [*NEWEST])
