"""Scenarios from TOML: the built-in ones and custom files. docs/scenarios.md has the format."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path

from game_rules import RULES_VERSION
from game_rules.errors import InvalidInput, ScenarioError
from game_rules.games.corners import Corners
from game_rules.games.stage_games import Collective, collective
from game_rules.nearest import nearest
from game_rules.scenario.masks import masked
from game_rules.scenario.scenario import (
    AUTOPILOT,
    AUTOPILOT_AFTER_S,
    Arena,
    MissingOrder,
    PhaseSeconds,
    PowerMeasure,
    Press,
    Scenario,
)
from game_rules.scenario.weights import weights
from game_rules.scenario_files.arenas import CORNERS, read_arenas, read_corners
from game_rules.scenario_files.fields import TomlTable
from game_rules.scenario_files.injects import read_deck
from game_rules.scenario_files.moves import read_moves
from game_rules.scenario_files.pacts import read_links, read_pacts
from game_rules.scenario_files.parameters import (
    affinity_of,
    read_consequences,
    read_lenses,
    read_standing,
    trade_of,
)
from game_rules.scenario_files.players import countries_behind, read_players
from game_rules.scenario_files.rivals import read_rivals
from game_rules.scenario_files.toml_text import LARGEST_FILE, parse_toml
from game_rules.scenario_files.versions import LATER_KEYS, require_fit
from game_rules.texts import file_name

LONGEST_TITLE, LONGEST_SUMMARY = 80, 400
MOST_PARAGRAPHS, LONGEST_PARAGRAPH = 20, 1200
MOST_QUESTIONS, LONGEST_QUESTION = 20, 400
MOST_ROUNDS = 200
LONGEST_PHASE, SHORTEST_DECISION = 7200, 5
MOST_DELEGATES = 16
LOWEST_MONITORING = 0.5

_TOP = (
    "title",
    "summary",
    "briefing",
    "questions",
    "rounds",
    "continuation",
    "press",
    "power",
    "missing_order",
    "shows_ready",
    "seconds",
    "players",
    "arenas",
    "rivals",
    "monitoring",
    "standing",
    "lenses",
    "injects",
    "pacts",
    "links",
    "delegates",
    "autopilot",
    "autopilot_after_s",
    "moves",
    "advisor",
    "masked",
    *LATER_KEYS,
)
_SECONDS = ("briefing", "negotiation", "decision", "reveal")
_SEMINAR = PhaseSeconds(briefing=300, negotiation=240, decision=90, reveal=60)


def scenario_names() -> tuple[str, ...]:
    """List the built-in scenarios.

    >>> "south_china_sea" in scenario_names()
    True
    """
    files = (resources.files("game_rules") / "scenarios").iterdir()
    return tuple(sorted(Path(file.name).stem for file in files if file.name.endswith(".toml")))


def load_scenario(name_or_path: str, version: int = RULES_VERSION) -> Scenario:
    """Read a built-in scenario by name, or a file by a path that ends in .toml.

    version: of the rules that a file is written for. Raises ScenarioError. A server must not hand
    it names from outside: see `shipped_scenario`.

    >>> load_scenario("prisoners_dilemma").rounds
    10
    """
    if not name_or_path.endswith(".toml"):
        return shipped_scenario(name_or_path)
    path = Path(name_or_path)
    if not path.is_file():
        raise ScenarioError(name_or_path, "file", "there is no such file; check the path")
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ScenarioError(name_or_path, "file", f"cannot be read ({error.strerror})") from error
    return parse_scenario(content, name_or_path, file_name(path.stem) or "scenario", version)


def shipped_scenario(name: str) -> Scenario:
    """Read a built-in scenario; never opens any other file.

    >>> shipped_scenario("chicken").press.value
    'none'
    """
    names = scenario_names()
    if name not in names:
        hint = nearest(name, names)
        raise ScenarioError(name[:80], "name", f"no such scenario; {hint} (or a path to a .toml)")
    return _shipped(name)


@cache
def _shipped(name: str) -> Scenario:
    """Read a file that never changes while the program runs, and so only once."""
    file = resources.files("game_rules") / "scenarios" / f"{name}.toml"
    return parse_scenario(file.read_bytes(), f"{name}.toml", name)


def parse_scenario(
    text: str | bytes, source: str, name: str, version: int = RULES_VERSION
) -> Scenario:
    """Read a scenario from TOML.

    source: what errors call the file. name: the scenario's name in records and links. version: of
    the rules that it is to be played by.
    Raises ScenarioError naming the file, the key, the value, what is allowed and the remedy.
    """
    top = TomlTable(parse_toml(text, source), source, "", _TOP)
    players, countries = read_players(top, version), countries_behind(top, version)
    power = top.choice("power", PowerMeasure, PowerMeasure.EQUAL)
    arenas = read_arenas(top, players, power, version)
    rivals, starts = read_rivals(top, players)
    rounds = top.integer("rounds", 1, MOST_ROUNDS)
    scenario = Scenario(
        name=name,
        title=top.text("title", LONGEST_TITLE),
        summary=top.text("summary", LONGEST_SUMMARY),
        briefing=top.texts("briefing", 1, MOST_PARAGRAPHS, LONGEST_PARAGRAPH),
        questions=top.texts("questions", 0, MOST_QUESTIONS, LONGEST_QUESTION),
        players=players,
        arenas=arenas,
        rivals=rivals,
        rounds=rounds,
        continuation=top.positive("continuation", 1) if "continuation" in top else 1.0,
        seconds=_read_seconds(top),
        press=top.choice("press", Press, Press.FULL),
        missing_order=_read_missing_order(top),
        shows_ready=top.flag("shows_ready", default=False),
        power=power,
        monitoring=(top.number("monitoring", LOWEST_MONITORING, 1) if "monitoring" in top else 1.0),
        standing=read_standing(top, version),
        lenses=read_lenses(top),
        trade=trade_of(countries),
        affinity=affinity_of(countries),
        deck=read_deck(top, arenas, rounds),
        pacts=read_pacts(top, players, arenas, rounds),
        links=read_links(top, arenas),
        delegates=top.integer("delegates", 1, MOST_DELEGATES) if "delegates" in top else 1,
        autopilot=_read_autopilot(top),
        autopilot_after_s=_read_autopilot_after(top),
        moves=read_moves(top, version),
        has_advisor=top.flag("advisor", default=True),
        starts=starts,
        stakes=_read_stakes(top),
        least_rounds=top.integer("least_rounds", 0, rounds) if "least_rounds" in top else 0,
        consequences=read_consequences(top),
    )
    require_fit(version, top, scenario)
    _require_arenas(top, scenario)
    return masked(scenario) if top.flag("masked", default=False) else scenario


def with_power(scenario: Scenario, measure: PowerMeasure) -> Scenario:
    """Return a scenario with weights from another power measure.

    Raises ScenarioError if a member has no figure for it.

    >>> sea = load_scenario("south_china_sea")
    >>> with_power(sea, PowerMeasure.EQUAL).arenas[0].game.weight(0)
    0.2
    """
    arenas = tuple(_reweighed(scenario, arena, measure) for arena in scenario.arenas)
    return replace(scenario, power=measure, arenas=arenas)


def _reweighed(scenario: Scenario, arena: Arena, measure: PowerMeasure) -> Arena:
    game = arena.game
    if not isinstance(game, Collective):
        return arena
    members = [scenario.player(seat) for seat in arena.members]
    try:
        raw = weights(members, measure, arena.weights)
    except InvalidInput as error:
        raise ScenarioError(scenario.name, "power", str(error)) from error
    return replace(arena, game=collective(raw, game.terms, game.theta))


def _read_seconds(top: TomlTable) -> PhaseSeconds:
    if "seconds" not in top:
        return _SEMINAR
    table = top.table("seconds", _SECONDS)
    lowest = {"decision": SHORTEST_DECISION}
    seconds: Mapping[str, int] = {
        phase: table.integer(phase, lowest.get(phase, 0), LONGEST_PHASE) for phase in _SECONDS
    }
    return PhaseSeconds(**seconds)


def _read_autopilot(top: TomlTable) -> str:
    if "autopilot" not in top:
        return AUTOPILOT
    from game_rules.strategies import strategies  # most scenarios need not load every bot

    name, names = top.text("autopilot", LONGEST_TITLE), [x.name for x in strategies()]
    if name not in names:
        raise top.error("autopilot", f"{name!r} is no strategy; {nearest(name, names)}")
    return name


def _read_autopilot_after(top: TomlTable) -> int:
    if "autopilot_after_s" not in top:
        return AUTOPILOT_AFTER_S
    return top.integer("autopilot_after_s", 0, LONGEST_PHASE)


def _read_missing_order(top: TomlTable) -> tuple[MissingOrder, ...]:
    if "missing_order" not in top:
        return (MissingOrder.REPEAT, MissingOrder.DEFECT)
    policy = top.choices("missing_order", MissingOrder)
    if policy[-1] is not MissingOrder.DEFECT:
        raise top.error("missing_order", "must end with 'defect': round 1 has nothing to repeat")
    return policy


def _read_stakes(top: TomlTable) -> Corners | None:
    if "stakes" not in top:
        return None
    stakes = read_corners(top.table("stakes", CORNERS))
    if not stakes.T > stakes.R > stakes.S > stakes.P:
        raise top.error("stakes", "are no Chicken; keep T > R > S > P")
    return stakes


def _require_arenas(top: TomlTable, scenario: Scenario) -> None:
    for i, seat in enumerate(scenario.seats, start=1):
        if not scenario.arenas_of(seat):
            key = f"players[{i}].seat"
            raise top.error(key, f"{seat!r} is in no arena; make it a member or take it out")
