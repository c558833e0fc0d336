"""The PostgreSQL adapter of the event store."""
