"""The registry of all built-in strategies by name."""

from functools import cache

from game_rules.doctrines.tutor import Tutor
from game_rules.errors import UnknownStrategy
from game_rules.nearest import nearest
from game_rules.strategies import doctrines
from game_rules.strategies.also_called import other_names
from game_rules.strategies.classics import (
    axelrod_first,
    finite_machines,
    grudger,
    learners,
    majority,
    memory_one_family,
    people,
    prober,
    simple,
    tit_for_tat,
    zero_determinant,
)
from game_rules.strategies.kit.definition import Strategy
from game_rules.strategies.kit.family import SameInEveryGame

_FAMILIES = (
    simple.simple,
    simple.cycler,
    tit_for_tat.tit_for_tat_family,
    memory_one_family.win_stay,
    memory_one_family.generous,
    memory_one_family.mutual,
    zero_determinant.zero_determinant,
    grudger.grudgers,
    majority.majority,
    majority.record_keepers,
    prober.probers,
    prober.hunters,
    learners.gradual_family,
    learners.retaliators,
    learners.learners,
    learners.back_stabbers,
    axelrod_first.axelrod_first,
    finite_machines.finite_machines,
)


_TUTOR = Strategy(
    name=Tutor.name,
    title=Tutor.title,
    family="tutorial",
    about=Tutor.about,
    source=Tutor.source,
    memory=1,
    is_stochastic=False,
    table=SameInEveryGame(tit_for_tat.tit_for_tat),
    doctrine=Tutor(),
)
"""The tutorial's bot: Tit For Tat, which bargains at a table."""


@cache
def strategies() -> tuple[Strategy, ...]:
    """List every built-in bot, family by family; those of theory before those of people.

    The tutor is not among them: it is not meant for other matches.
    """
    classical = (strategy for family in _FAMILIES for strategy in family.strategies)
    return (*classical, *doctrines.doctrines, *people.people.strategies)


def strategy(name: str) -> Strategy:
    """Find a bot by name; case, underscores, hyphens and spaces do not matter.

    Raises UnknownStrategy, which offers the nearest names.

    >>> strategy("TitForTat").name
    'tit_for_tat'
    """
    try:
        known = _by_key()
        return known.get(name) or known[_key(name)]
    except KeyError:
        names = [known.name for known in strategies()]
        offered = nearest(name, names, other_names(names))
        raise UnknownStrategy(f"no strategy {name!r}; {offered}") from None


@cache
def _by_key() -> dict[str, Strategy]:
    known = (*strategies(), _TUTOR)
    named = {_key(strategy.name): strategy for strategy in known}
    assert len(named) == len(known), "two strategies have the same name"
    return named


def _key(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter not in "_- ")
