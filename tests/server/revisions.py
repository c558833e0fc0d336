"""Revisions of a database's tables, for tests that need other ones than the newest."""

import logging
from collections.abc import Callable
from typing import Any

from alembic.config import Config

from server.database import migration_engine, migrations_folder


def config() -> Config:
    """Configure Alembic for the migrations of this version."""
    made = Config()
    made.set_main_option("script_location", str(migrations_folder()))
    return made


def revise(url: str, step: Callable[..., Any], revision: str) -> None:
    """Run one of Alembic's commands, `upgrade` or `downgrade`, on a database."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    given = config()
    with migration_engine(url).connect() as connection:
        given.attributes["connection"] = connection
        step(given, revision)
