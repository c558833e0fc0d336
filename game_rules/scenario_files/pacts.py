"""The [[pacts]] and links of a scenario: agreements and linked arenas before round 1.

Source: rules section 5; Oye 1985 and Bernheim & Whinston 1990 on links.
"""

from collections.abc import Mapping, Sequence

from game_rules.errors import InvalidInput
from game_rules.games.stage_games import Action
from game_rules.roles import Seat
from game_rules.scenario.pact_checks import check_terms
from game_rules.scenario.pacts import (
    LARGEST_STAKE,
    MOST_PARTIES,
    MOST_PLEDGES,
    MOST_TRANSFERS,
    Binding,
    Pact,
    PactTerms,
    Pledge,
    Transfer,
)
from game_rules.scenario.scenario import Arena, Player
from game_rules.scenario_files.arenas import read_members
from game_rules.scenario_files.fields import TomlTable

MOST_PACTS, MOST_LINKS = 20, 63

_PACT = ("parties", "binding", "rounds", "stake", "conditional", "pledges", "transfers")
_PLEDGE = ("seat", "arena", "action")
_TRANSFER = ("giver", "taker", "points")
_PUBLIC = tuple(binding.value for binding in Binding if binding.is_public)


def read_pacts(
    top: TomlTable, players: Sequence[Player], arenas: Sequence[Arena], rounds: int
) -> tuple[Pact, ...]:
    """Read the pacts in force from round 1; all of them are public, as a scenario is.

    rounds: the most that the scenario plays. Raises ScenarioError, for a pledge in an arena that
    its party is not in as for everything that check_terms refuses.
    """
    tables = top.tables("pacts", 0, MOST_PACTS, _PACT)
    return tuple(
        Pact(number, terms, 1, terms.rounds)
        for number, terms in enumerate(
            (_read_terms(table, players, arenas, rounds) for table in tables), start=1
        )
    )


def read_links(top: TomlTable, arenas: Sequence[Arena]) -> tuple[tuple[str, str], ...]:
    """Read the pairs of linked arenas: a breach in one counts in the other.

    A link joins two arenas and goes no further. Links make no circle, so that from any arena to
    any other there is one way at most; nor do they join arenas without a common member.
    """
    by_name = {arena.name: arena for arena in arenas}
    links: list[tuple[str, str]] = []
    group = {name: name for name in by_name}
    for i, words in enumerate(top.lists("links", MOST_LINKS, "two arenas each"), start=1):
        first, second = _read_link(top, f"links[{i}]", words, by_name)
        if group[first] == group[second]:
            raise top.error(
                f"links[{i}]",
                f"{first} and {second} are linked already, so this closes a circle; take it out",
            )
        merged, gone = group[first], group[second]
        group = {name: merged if each == gone else each for name, each in group.items()}
        links.append((first, second))
    return tuple(links)


def _read_link(
    top: TomlTable, key: str, words: Sequence[str], by_name: Mapping[str, Arena]
) -> tuple[str, str]:
    if len(words) != 2:
        raise top.error(key, f"has {len(words)}; a link ties exactly 2 arenas")
    places = (f"{key}[1]", f"{key}[2]")
    names = TomlTable(dict(zip(places, words, strict=True)), top.source, "", places)
    first, second = (names.known(place, tuple(by_name)) for place in places)
    if not set(by_name[first].members) & set(by_name[second].members):
        raise top.error(key, f"{first} and {second} have no member in common; link others")
    return first, second


def _read_terms(
    table: TomlTable, players: Sequence[Player], arenas: Sequence[Arena], rounds: int
) -> PactTerms:
    words = table.words("parties", 2, MOST_PARTIES, "seats of players")
    parties = tuple(each.seat for each in read_members(table, "parties", words, players))
    pledges = table.tables("pledges", 1, MOST_PLEDGES, _PLEDGE)
    transfers = table.tables("transfers", 0, MOST_TRANSFERS, _TRANSFER)
    terms = PactTerms(
        parties=parties,
        pledges=tuple(_read_pledge(each, parties, arenas) for each in pledges),
        transfers=tuple(_read_transfer(each, parties) for each in transfers),
        rounds=table.integer("rounds", 1, rounds) if "rounds" in table else rounds,
        binding=Binding(table.known("binding", _PUBLIC)),
        stake=table.number("stake", 0, LARGEST_STAKE) if "stake" in table else 0.0,
        is_conditional=table.flag("conditional", default=False),
    )
    try:
        check_terms(terms, arenas)
    except InvalidInput as problem:
        raise table.error("pledges", str(problem)) from problem
    return terms


def _read_pledge(table: TomlTable, parties: Sequence[Seat], arenas: Sequence[Arena]) -> Pledge:
    seat = Seat(table.known("seat", parties))
    arena = table.known("arena", [arena.name for arena in arenas])
    own = [each.name for each in arenas if seat in each.members]
    if arena not in own:
        known = ", ".join(own)
        raise table.error("arena", f"{seat} is not in {arena!r}; pledge one that it is in: {known}")
    return Pledge(seat, arena, table.choice("action", Action))


def _read_transfer(table: TomlTable, parties: Sequence[Seat]) -> Transfer:
    giver, taker = (Seat(table.known(key, parties)) for key in ("giver", "taker"))
    return Transfer(giver, taker, table.positive("points", LARGEST_STAKE))
