"""`detente migrate`: updates the tables of a database, or moves it to another place."""

from collections.abc import Generator
from contextlib import closing, contextmanager

import click

from server.cli.shared.errors import WrongInput
from server.cli.shared.server_settings import prepare_database


@click.command("migrate")
@click.option("--from", "source", metavar="URL", required=True, help="Database to copy or update.")
@click.option(
    "--to", "target", metavar="URL", help="Empty database to copy it to.  [default: update only]"
)
def command(source: str, target: str | None) -> None:
    """Copy a database to SQLite or PostgreSQL, or update its tables.

    Stop the server first. All matches, classes, keys and tournaments are copied, or nothing is.
    Each row is read again and compared. The old database does not change, except that its tables
    are brought up to date. Matches of guests are not copied.

    Without --to nothing is copied: the tables of a database of an older version are brought up to
    date, as `detente serve` does at its start. A file is kept as it was, beside it.

    \b
    Examples:
      detente migrate --from sqlite:///class.sqlite3
      detente migrate --from sqlite:///class.sqlite3 --to postgresql://detente@localhost/detente
      detente migrate --from postgresql://detente@localhost/detente --to sqlite:///copy.sqlite3
    """
    from server.database import DatabaseUrlError, is_postgres, place, sqlite_path

    try:
        names = place(source), place(target or source)
        is_there = is_postgres(source) or sqlite_path(source).is_file()
    except DatabaseUrlError as error:
        raise WrongInput(str(error)) from error
    if target is not None and names[0] == names[1]:
        raise WrongInput(f"--from and --to are both {names[0]}; give two databases")
    if not is_there:
        raise WrongInput(f"--from: there is no database {names[0]}; check the URL")
    if target is None:
        with _alone(source):
            click.echo(f"{prepare_database(source)} has the newest tables")
        return
    with _alone(source), _alone(target):
        for url in source, target:
            prepare_database(url)
        counts = _move(source, target)
    for table, rows in counts.items():
        click.echo(f"{table}: {rows}")
    click.echo(f"{names[0]} is copied to {names[1]}; every row is equal")


@contextmanager
def _alone(url: str) -> Generator[None]:
    """Hold a database as a server does, so that none uses it meanwhile. Raises WrongInput."""
    from server.cli.serve.prerequisites import claim_database
    from server.database import is_postgres
    from server.store.event_store import StoreRefused

    if not is_postgres(url):
        with claim_database(url):
            yield
        return
    import psycopg

    from server.store.postgres.connections import Claim, connect, place, refusal

    try:
        claim = connect(url, Claim.ALONE)
    except StoreRefused as error:
        raise WrongInput(str(error)) from error
    except psycopg.Error as error:
        raise WrongInput(str(refusal(f"cannot use {place(url)}", error))) from error
    with closing(claim):
        yield


def _move(source: str, target: str) -> dict[str, int]:
    from sqlalchemy.exc import DBAPIError

    from server.database import schema_of
    from server.store.transfer import NotEmpty, NotEqual, transfer

    schemas = schema_of(source), schema_of(target)
    where = schemas[1].name
    try:
        with schemas[0].engine().connect() as read, schemas[1].engine().begin() as write:
            return transfer(read, write)
    except NotEmpty as error:
        raise WrongInput(f"{where} has rows in {error}; --to needs an empty database") from error
    except NotEqual as error:
        told = f"{where} returns other rows of {error} than it was given; nothing is copied"
        raise WrongInput(f"{told}; give another --to") from error
    except DBAPIError as error:
        told = schemas[1].refusal(f"cannot copy {schemas[0].name} to {where}", error.orig)
        raise WrongInput(f"{told}; nothing is copied") from error
