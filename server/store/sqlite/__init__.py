"""The SQLite adapter of the event store."""
