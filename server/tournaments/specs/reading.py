"""Reads a spec from the keys of a file, of a command line or of a request."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from game_rules.contests.standings import is_random
from game_rules.errors import InvalidInput, RuleViolation
from game_rules.games.payoff_text import parse_payoffs
from game_rules.nearest import nearest
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import load_scenario
from game_rules.strategies import strategies, strategy
from server.tournaments.guests.limits import GuestLimits
from server.tournaments.specs.own_bots import OwnBot, enter, is_own
from server.tournaments.specs.search import search_of
from server.tournaments.specs.settings import (
    MATRIX_KINDS,
    MOST_ENTRANTS,
    SETTINGS,
    TournamentKind,
    shown,
)
from server.tournaments.specs.spec import TournamentSpec
from server.tournaments.specs.stages import USUAL_GAME, Stage, bare_game, require_bare_game

USUAL_TURNS = 200
USUAL_REPETITIONS = 10
"""With random numbers: enough for a confidence interval. Without them, one is enough."""
MOST_MATCHES = 50_000_000

USUAL_OPTIONS: Mapping[TournamentKind, Mapping[str, Any]] = {
    TournamentKind.ECOLOGICAL: {"generations": 200},
    TournamentKind.MORAN: {
        "generations": 100,
        "graph": "complete",
        "size": (100,),
        "mutation": 0.0,
        "selection": 1.0,
        "update": "birth_death",
        "runs": 0,
    },
    TournamentKind.SPATIAL: {
        "generations": 100,
        "graph": "lattice_8",
        "size": (50, 50),
        "imitate": "best",
        "caution": 0.1,
    },
    TournamentKind.EVOLVE: {
        "generations": 50,
        "states": 4,
        "population": 40,
        "survivors": 10,
        "mutation": 0.05,
        "meets_own": False,
    },
}

USUAL_SIZES = {False: (100,), True: (10, 10)}
"""Default sizes: of a graph that is not a lattice, and of a lattice."""
SHORTEST_SIDE = 3
USUAL_LIMITS = GuestLimits()

Where = Callable[[str], str]


def read_spec(
    given: Mapping[str, Any],
    where: Where = str,
    *,
    usual_seed: str = "0",
    load: Callable[[str], Scenario] = load_scenario,
    takes_files: bool = False,
) -> TournamentSpec:
    """Read a spec from settings by key; missing keys take their defaults.

    where: how errors name a key. load: finds a scenario by name. takes_files: whether entrants may
    be FILE.py:Class, which runs the file. Raises InvalidInput naming the key and the remedy.
    """
    reading = _Reading(given, where)
    kind = TournamentKind(reading.value("kind", TournamentKind.ROUND_ROBIN))
    stage, game = _stage(reading, load, kind)
    if isinstance(stage, Scenario):
        kind = TournamentKind.LEAGUE
    reading.require_of(kind)
    entrants, own = _entrants(reading, kind, takes_files=takes_files)
    if "turns" in given and "continuation" in given:
        raise InvalidInput(
            f"{where('turns')} and {where('continuation')} were both given; "
            "a match has a fixed length or an end by chance: give one"
        )
    is_fixed = "continuation" not in given
    spec = TournamentSpec(
        kind=kind,
        game=game,
        stage=stage,
        entrants=entrants,
        own=own,
        seed=reading.value("seed", usual_seed),
        turns=reading.value("turns", USUAL_TURNS)
        if is_fixed and kind is not TournamentKind.LEAGUE
        else None,
        continuation=reading.value("continuation", 1.0),
        noise=reading.value("noise", 0.0),
        has_self_play=reading.value("self_play", True) and kind is not TournamentKind.KNOCKOUT,
        repetitions=reading.value("repetitions", 1),
        options=reading.options(kind),
        guest_limits=GuestLimits(
            move_s=reading.value("move_time", USUAL_LIMITS.move_s),
            bank_s=reading.value("time_bank", USUAL_LIMITS.bank_s),
            has_network=reading.value("network", USUAL_LIMITS.has_network),
        ),
    )
    return _settled(spec, reading)


class _Reading:
    """The given settings, read key by key."""

    def __init__(self, given: Mapping[str, Any], where: Where) -> None:
        self.given, self.where = given, where
        for key in given:
            if key not in SETTINGS:
                raise InvalidInput(f"{where(key)}: is no key here; {nearest(key, SETTINGS)}")

    def value(self, key: str, usual: Any) -> Any:
        """Return a given value, or the default."""
        if key not in self.given:
            return usual
        try:
            return SETTINGS[key].read(self.given[key])
        except InvalidInput as error:
            raise self.error(key, error) from error

    def options(self, kind: TournamentKind) -> dict[str, Any]:
        """Read the settings that only this kind has."""
        usual = USUAL_OPTIONS.get(kind, {})
        read = {key: self.value(key, usual[key]) for key in usual}
        if "graph" in read:
            read["size"] = self._size(read["graph"], read["size"])
        return read

    def _size(self, graph: str, usual: tuple[int, ...]) -> tuple[int, ...]:
        """Read a size that its graph can have; a lattice's default has two sides."""
        is_lattice = graph.startswith("lattice")
        if "size" not in self.given:
            return usual if is_lattice == (len(usual) == 2) else USUAL_SIZES[is_lattice]
        size = self.value("size", usual)
        if is_lattice != (len(size) == 2) or (is_lattice and min(size) < SHORTEST_SIDE):
            wanted = (
                f"two sides of {SHORTEST_SIDE} or more, as 50x50" if is_lattice else "one number"
            )
            raise self.error("size", f"{shown(self.given['size'])} is no {graph}; give {wanted}")
        return size

    def error(self, key: str, problem: object) -> InvalidInput:
        """Build the error that names the key."""
        return InvalidInput(f"{self.where(key)}: {problem}")

    def require_of(self, kind: TournamentKind) -> None:
        """Refuse keys that this kind does not have."""
        for key in self.given:
            if kind not in SETTINGS[key].kinds:
                raise self.error(key, f"{_A[kind]} has no such setting; leave it out")


_A = {
    TournamentKind.ROUND_ROBIN: "a round robin",
    TournamentKind.KNOCKOUT: "a knock-out",
    TournamentKind.LEAGUE: "a league of scenario matches",
    TournamentKind.MORAN: "a Moran process",
    TournamentKind.ECOLOGICAL: "an ecological contest",
    TournamentKind.SPATIAL: "a spatial contest",
    TournamentKind.EVOLVE: "an evolutionary search",
}


_NO_GUESTS = {
    TournamentKind.LEAGUE: (
        "plays games of two, while a league has whole matches of many seats; let it play a round "
        "robin or a knock-out, or sit at a live match: detente bot FILE.py:Class --join LINK"
    ),
    TournamentKind.EVOLVE: (
        "a search breeds by expected points, which only table bots have; let it live in a "
        "population, which plays its pairs: --kind ecological, moran or spatial"
    ),
}
"""Why a kind takes no bots of their authors, and what does."""


def _stage(
    reading: _Reading, load: Callable[[str], Scenario], kind: TournamentKind
) -> tuple[Stage, str]:
    """Find what is played. A scenario for more than two, without a kind, is a league."""
    given = reading.given
    if "payoffs" in given and "game" in given:
        raise reading.error("payoffs", f"and {reading.where('game')} were both given; give one")
    try:
        if "payoffs" in given:
            return parse_payoffs(reading.value("payoffs", "")), "payoffs"
        scenario = load(reading.value("game", USUAL_GAME))
        if kind is TournamentKind.LEAGUE or ("kind" not in given and bare_game(scenario) is None):
            return scenario, scenario.name
        return require_bare_game(scenario), scenario.name
    except InvalidInput as error:
        key = "payoffs" if "payoffs" in given else "game"
        raise reading.error(key, error) from error


def _entrants(
    reading: _Reading, kind: TournamentKind, *, takes_files: bool
) -> tuple[tuple[str, ...], tuple[OwnBot, ...]]:
    if "entrants" not in reading.given:
        raise reading.error("entrants", "nobody is named; `detente strategies` lists who there is")
    found: list[str] = []
    own: dict[str, OwnBot] = {}
    named = reading.value("entrants", ())
    try:
        for name in named:
            if not (takes_files and is_own(name)):
                found.extend(_built_in(name))
                continue
            bot = enter(name)
            found.append(own.setdefault(bot.name, bot).name)
            _require_same(bot, own[bot.name])
    except (InvalidInput, RuleViolation) as error:
        raise reading.error("entrants", error) from error
    if own and kind in _NO_GUESTS:
        problem = f"{next(iter(own))} is its author's own, and {_NO_GUESTS[kind]}"
        raise reading.error("entrants", problem)
    if len(found) > MOST_ENTRANTS:
        raise reading.error("entrants", f"{len(found)} entrants; the most is {MOST_ENTRANTS}")
    return tuple(found), tuple(own.values())


def _built_in(name: str) -> list[str]:
    """Return one bot, or all of a family, or all."""
    if name == "all":
        return [bot.name for bot in strategies()]
    if name.startswith("family:"):
        wanted = name.removeprefix("family:").strip()
        family = [bot.name for bot in strategies() if bot.family == wanted]
        if not family:
            families = dict.fromkeys(bot.family for bot in strategies())
            raise InvalidInput(f"{shown(wanted)} is no family; {nearest(wanted, families)}")
        return family
    return [strategy(name).name]


def _require_same(bot: OwnBot, known: OwnBot) -> None:
    if bot != known:
        raise InvalidInput(f"two files have a bot {bot.name}; rename one of them")


def _settled(spec: TournamentSpec, reading: _Reading) -> TournamentSpec:
    """Fill in dependent defaults, and refuse contradictory settings."""
    if spec.kind is TournamentKind.LEAGUE:
        seasons = reading.value("repetitions", USUAL_REPETITIONS)
        spec = replace(spec, repetitions=seasons)
        _checked(lambda: spec.league, reading, "entrants")
        return spec
    contest = spec.contest
    is_by_table = all(entrant.table is not None for entrant in contest.entrants)
    is_exact = reading.value("exact", spec.kind in MATRIX_KINDS and is_by_table)
    is_exact = is_exact or spec.kind is TournamentKind.EVOLVE
    if is_exact and not is_by_table:
        other = next(entrant.name for entrant in contest.entrants if entrant.table is None)
        problem = f"{other} is no table bot; leave it out, or play with repetitions instead"
        raise reading.error("exact" if "exact" in reading.given else "entrants", problem)
    usual = USUAL_REPETITIONS if is_random(contest) else 1
    repetitions = 1 if is_exact else reading.value("repetitions", usual)
    settled = replace(spec, is_exact=is_exact, repetitions=repetitions)
    if settled.kind is TournamentKind.EVOLVE:
        _checked(lambda: search_of(settled), reading, "survivors")
    if settled.contest.match_count > MOST_MATCHES:
        problem = f"{settled.contest.match_count} matches; the most is {MOST_MATCHES}"
        raise reading.error("repetitions", f"{problem}: repeat less often")
    return settled


def _checked(make: Callable[[], object], reading: _Reading, key: str) -> None:
    try:
        make()
    except InvalidInput as error:
        raise reading.error(key, error) from error
