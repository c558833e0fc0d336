"""`detente forget`: takes a person's name away from a stored match."""

from typing import TYPE_CHECKING

import click

from server.cli.shared.errors import WrongInput
from server.cli.shared.server_settings import settings_of

if TYPE_CHECKING:
    from game_rules.log.people import Names
    from game_rules.roles import PersonId


@click.command("forget")
@click.argument("match", metavar="MATCH_ID")
@click.argument("person", metavar="PERSON")
@click.option("--database", metavar="URL", help="Database of the match.")
def command(match: str, person: str, database: str | None) -> None:
    """Forget the name of a person who took part in a match.

    PERSON is a name or an id, e.g. p3. A number replaces the name: Person 3. The log, the hashes of
    its record and the course of the match do not change. The name is removed from all branches of
    the match and from its class. It stays in files that were exported before, and in copies of the
    database. Matches under rules 1 have names in their logs, and cannot forget them.

    \b
    Examples:
      detente forget u3Jx0kQfZ1aB9c2d "Amna Khan"
      detente forget u3Jx0kQfZ1aB9c2d p3 --database sqlite:///class.sqlite3
    """
    import asyncio

    from game_rules.log.people import called
    from server.cli.shared.log_source import read_family

    url = settings_of(**({} if database is None else {"database": database})).database
    family = read_family(match, url)
    if (version := family[match].rules_version) == 1:
        told = "the match is played by rules 1, whose log holds its people's names"
        raise WrongInput(f"{match}: {told}; only matches of rules {version + 1} or later forget")
    known = {who: name for logged in family.values() for who, name in logged.names.items()}
    forgotten = _person(person, known)
    asyncio.run(_forget(url, tuple(family), forgotten))
    matches = " and ".join(family)
    click.echo(f"{forgotten} is {called(forgotten, {})} from now on, in match {matches}")


def _person(given: str, names: "Names") -> "PersonId":
    """Find a person by id or name. Raises WrongInput naming those who are known."""
    from game_rules.roles import PersonId
    from game_rules.texts import same_name

    if given in names:  # an id, even if somebody is called like it
        return PersonId(given)
    for person, name in names.items():
        if name is not None and same_name(given, name):
            return person
    known = ", ".join(f"{person} ({name})" for person, name in names.items() if name is not None)
    raise WrongInput(f"{given!r} is nobody in this match; choose among {known or 'nobody'}")


async def _forget(url: str, matches: tuple[str, ...], person: "PersonId") -> None:
    from server.database import store_for
    from server.store.event_store import MatchId
    from server.store.queries import Queries

    store = store_for(url)
    await store.open()
    try:
        await Queries(store).forget_person(map(MatchId, matches), person)
    finally:
        await store.close()
