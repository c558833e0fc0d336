"""Make the first tables: matches, their logs, tokens, the heartbeat."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ONLY_COMMANDS = sa.text("command_id IS NOT NULL")

# The log only grows, whoever holds the database.
APPEND_ONLY = """
CREATE TRIGGER events_{verb}_refused BEFORE {verb} ON events
BEGIN SELECT RAISE(ABORT, 'the log only grows: {verb} on events is refused'); END
"""
APPEND_ONLY_IN_POSTGRESQL = (
    """
    CREATE FUNCTION events_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the log only grows: % on events is refused', TG_OP; END $$
    """,
    """
    CREATE TRIGGER events_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION events_only_grow()
    """,
)


def upgrade() -> None:
    _create_matches()
    _create_events()
    _create_tokens()
    op.create_table(
        "heartbeat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name="heartbeat_is_single"),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    op.drop_table("heartbeat")
    op.drop_table("tokens")
    op.drop_table("events")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION events_only_grow")
    op.drop_table("matches")


def _create_matches() -> None:
    op.create_table(
        "matches",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("created_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("seats_held", sa.Integer(), nullable=False),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index("matches_by_is_over", "matches", ["is_over"])


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("match_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(), nullable=True),
        sa.Column("command_id", sa.String(), nullable=True),
        sa.CheckConstraint("seq > 0", name="events_seq_counts_from_one"),
        sa.CheckConstraint(
            "command_id IS NULL OR actor IS NOT NULL", name="events_command_has_actor"
        ),
        sa.PrimaryKeyConstraint("match_id", "seq"),
    )
    op.create_index(
        "events_command_once",
        "events",
        ["match_id", "actor", "command_id"],
        unique=True,
        sqlite_where=ONLY_COMMANDS,
        postgresql_where=ONLY_COMMANDS,
    )
    _let_events_only_grow()


def _let_events_only_grow() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    triggers = [APPEND_ONLY.format(verb=verb) for verb in ("UPDATE", "DELETE")]
    for statement in triggers if is_sqlite else APPEND_ONLY_IN_POSTGRESQL:
        op.execute(statement)


def _create_tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("match_id", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("created_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("is_revoked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"]),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index("tokens_by_match_id", "tokens", ["match_id"])
