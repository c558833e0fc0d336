"""`detente debrief --seminar`: the tables of a class in one HTML file."""

from typing import TYPE_CHECKING

import click

from server.cli.match.dataset import listed, opened, stored
from server.cli.shared.errors import WrongInput
from server.cli.shared.server_settings import settings_of

if TYPE_CHECKING:
    from server.exports.reading import Stored


def class_page(seminar: str, database: str | None, language: str, *, has_names: bool) -> str:
    """Write the debrief of a class. Raises WrongInput where it has none."""
    from functools import partial

    from game_rules.errors import InvalidInput
    from server.seminars.class_debrief import class_page_of

    given = {} if database is None else {"database": database}
    with opened(settings_of(**given).database) as asked:
        found = listed(asked, seminar)
        tables: list[Stored] = asked(partial(stored, found.matches))
    try:
        page, unread = class_page_of(tables, language, has_names=has_names, name=found.name)
    except InvalidInput as error:
        raise WrongInput(f"--seminar: {error}") from error
    if unread:
        told = "older rules, or damaged"
        click.echo(f"detente: {unread} tables are left out ({told})", err=True)
    return page
