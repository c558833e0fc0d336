"""Where Alembic finds the tables and a connection.

The server hands in its own connection (`server.database.migrate`); the `alembic` command,
which a developer uses to draft a revision, gets one to the database of the settings.
"""

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

from server.store import indexes  # noqa: F401  the import fills SQLModel.metadata


def run(connection: Connection) -> None:
    """Run the migrations in one transaction: all of them, or none."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    from server.database import migration_engine
    from server.settings import read_settings

    with migration_engine(read_settings().database).connect() as own:
        run(own)
