"""Indexes of a part of a table, which migrations make; importing this adds them to the metadata.

They stand apart from `tables`, for each server imports those: a condition of one kind of database
loads all drivers that SQLAlchemy knows of that kind.
"""

from sqlalchemy import Index, text
from sqlmodel import col

from server.store.tables import EventRow, MatchRow

GOING_ON = Index(
    "matches_going_on",
    col(MatchRow.created_at_ms),
    col(MatchRow.id),
    sqlite_where=text("is_over IS 0"),
    postgresql_where=text("is_over IS false"),
)
COMMAND_ONCE = Index(
    "events_command_once",
    col(EventRow.match_id),
    col(EventRow.actor),
    col(EventRow.command_id),
    unique=True,
    sqlite_where=text("command_id IS NOT NULL"),
    postgresql_where=text("command_id IS NOT NULL"),
)
