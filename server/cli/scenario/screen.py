"""A scenario in the terminal: players, games, deck, and where every number is from."""

from collections.abc import Iterator, Mapping

from rich.table import Table
from rich.text import Text

from game_rules.advice.opening import first_round_of
from game_rules.advice.situations import situation_in
from game_rules.games.exact import MOST_MEMBERS
from game_rules.games.stage_games import Bimatrix
from game_rules.games.tipping_points import tipping_points
from game_rules.roles import Seat
from game_rules.rulesets.chosen import ruleset
from game_rules.scenario.injects import Inject, InjectEffect
from game_rules.scenario.scenario import (
    Arena,
    Figure,
    FigureStatus,
    Player,
    Scenario,
)
from server.cli.shared.screen import FAINT, STRONG, Screen
from server.cli.shared.words import count, situation_words, tipping_figures

STATUSES = {
    FigureStatus.READ: "read",
    FigureStatus.SECOND_HAND: "second-hand",
    FigureStatus.RECALLED: "recalled",
    FigureStatus.ASSUMED: "assumption",
}

MEASURES = {
    "cinc": "Capabilities (CINC)",
    "lowy": "Lowy index",
    "military_spending": "Military spending",
    "gdp": "GDP",
    "population": "Population",
    "un_ideal_point": "UN ideal point",
    "warheads": "Warheads",
}


PAPER = "Khan 2025"
PAPER_REFERENCE = (
    "Khan, A. M. (2025, January 15). Security alliances in regional integration in Asia: "
    "Analyzing strategic opportunities and underlying risks. Minhaj University Lahore."
)
"""How scenarios cite the paper, and its full reference, as docs/references.md has it."""


def show_scenario(screen: Screen, scenario: Scenario, usual: Scenario) -> None:
    """Print a scenario: its story, players, arenas, deck, and where its numbers are from.

    usual: the same with its own power measure; classes that differ from it are marked.
    """
    screen.print(Text.assemble((scenario.title, STRONG), "\n", (scenario.summary, FAINT)), "")
    players = screen.table("Players", ("Seat", "Country", "Brief"), words=3)
    players.columns[-1].no_wrap = False
    for player in scenario.players:
        players.add_row(player.seat, player.name, _brief(player))
    screen.print(players, "")
    show_arenas(screen, scenario, usual)
    _show_rivals(screen, scenario)
    _show_influences(screen, scenario)
    screen.print(Text("; ".join(_terms(scenario)), FAINT), "")
    _show_deck(screen, scenario)
    _show_questions(screen, scenario)
    _show_grounds(screen, scenario)
    _show_figures(screen, scenario)


def _brief(player: Player) -> str:
    """The brief, and what is good for the seat, where its scenario says so."""
    return "\n".join((player.brief, *(f"- {goal}" for goal in player.goals)))


def _show_rivals(screen: Screen, scenario: Scenario) -> None:
    """Print which pairs compete, and the tension that each starts with."""
    if not scenario.starts:
        return
    table = screen.table("Rivals", ("Pair", "Tension", "Why"), "tension before round 1", words=1)
    table.columns[-1].justify, table.columns[-1].no_wrap = "left", False
    for start in scenario.starts:
        names = " - ".join(scenario.player(seat).name for seat in start.seats)
        table.add_row(names, f"{start.tension:.2f}", start.source)
    screen.print(table, "")


def _show_influences(screen: Screen, scenario: Scenario) -> None:
    """Print what seats that are no states do to the tension of a pair each round."""
    influences = [(player, player.influence) for player in scenario.players if player.influence]
    if not influences:
        return
    columns = ("Seat", "Pair", "Its D", "Its C", "Why")
    caption = "added to the tension of the pair each round, by the share of its actions"
    table = screen.table("Not states", columns, caption, words=2)
    table.columns[-1].justify, table.columns[-1].no_wrap = "left", False
    for player, each in influences:
        pair = " - ".join(scenario.player(seat).name for seat in each.pair)
        done = [f"{x:+.2f}" if x else "-" for x in (each.of_d, -each.of_c)]
        table.add_row(player.name, pair, *done, each.source)
    screen.print(table, "")


def _show_questions(screen: Screen, scenario: Scenario) -> None:
    if not scenario.questions:
        return
    table = Table.grid(padding=(0, 1, 0, 0))
    for number, question in enumerate(scenario.questions, start=1):
        table.add_row(Text(f"{number}.", FAINT), question)
    screen.print(Text("Questions for the debrief", STRONG), table, "")
    if any(PAPER in text for text in (*scenario.briefing, *scenario.questions)):
        screen.print(Text(f"{PAPER}: {PAPER_REFERENCE}", FAINT), "")


def _terms(scenario: Scenario) -> Iterator[str]:
    """How it is played, in words."""
    yield count(scenario.rounds, "round")
    if scenario.continuation < 1:
        first = f"from round {scenario.least_rounds} on" if scenario.least_rounds else "after each"
        yield f"{first}, another follows with a chance of {scenario.continuation:g}"
    yield f"{scenario.seconds.negotiation} s to talk, {scenario.seconds.decision} s to decide"
    yield f"messages: {scenario.press.value}"
    yield f"power by {scenario.power.value}"
    yield f"moves: {', '.join(scenario.moves.allowed) or 'none'}"
    if scenario.monitoring < 1:
        yield f"an action is seen as it was with a chance of {scenario.monitoring:g}"
    if not scenario.has_advisor:
        yield "no advisor"


def show_arenas(screen: Screen, scenario: Scenario, usual: Scenario | None = None) -> None:
    """Print every arena: each member's share of the power, class, greed, fear and f*."""
    opened = first_round_of(scenario).arenas
    before = opened if usual is None else first_round_of(usual).arenas
    for arena, other in zip(opened, before, strict=True):
        screen.print(_arena(screen, scenario, arena, other), "")
    screen.print(Text(LEGEND, FAINT))
    if usual is not None and usual.power is not scenario.power:
        screen.print(Text(f"* another class than with power by {usual.power.value}", FAINT))


LEGEND = (
    "as round 1 opens; greed = T - R, fear = P - S in points; f* = the trust from which C pays, "
    "after < below which"
)


def _arena(screen: Screen, scenario: Scenario, arena: Arena, usual: Arena) -> Table:
    columns = ("Country", "Class", "Power", "Greed", "Fear", "f*")
    table = screen.table(arena.title, columns, arena.domain.value, words=2)
    for place, seat in enumerate(arena.members):
        corners = arena.game.corners(place)
        own_class, old_class = (situation_in(ruleset(), x.game, place) for x in (arena, usual))
        is_new = own_class is not old_class
        table.add_row(
            scenario.player(seat).name,
            situation_words(own_class) + (" *" if is_new else ""),
            f"{arena.game.weight(place):.0%}",
            f"{corners.greed:.2f}",
            f"{corners.fear:.2f}",
            _tipping(arena, place),
        )
    return table


def _tipping(arena: Arena, member: int) -> str:
    is_small = arena.game.size <= MOST_MEMBERS
    return tipping_figures(tipping_points(arena.game, member) if is_small else None)


def _show_figures(screen: Screen, scenario: Scenario) -> None:
    """Print every number of a country with unit, year, status and source, a source a number."""
    sources = _Sources()
    for player in scenario.players:
        if player.figures:
            screen.print(_country(screen, player, sources), "")
    ties = (("Trade shares", scenario.trade), ("Affinity at first", scenario.affinity))
    for what, tie in ties:
        if tie.values:
            year = f", {tie.year}" if tie.year else ""
            words = f"{tie.unit}{year}, {STATUSES[tie.status]} {sources.mark(tie.source)}"
            screen.print(_ties(screen, scenario, what, tie.values, words), "")
    screen.print(sources.table())


def _ties(
    screen: Screen,
    scenario: Scenario,
    what: str,
    values: Mapping[Seat, Mapping[Seat, float]],
    caption: str,
) -> Table:
    """Tabulate a figure of each seat about each other."""
    seats = [seat for seat in scenario.seats if seat in values]
    table = screen.table(what, ("Seat", *seats), caption, words=1)
    for seat in seats:
        row = values[seat]
        table.add_row(seat, *(f"{row[x]:.3f}" if x in row else "-" for x in seats))
    return table


def _show_grounds(screen: Screen, scenario: Scenario) -> None:
    """Print why each parameter of each arena is what it is, whose is another, and a bloc's x."""
    for arena in scenario.arenas:
        table = screen.table(f"The numbers of {arena.title}", ("", "Value", "Why"), words=1)
        table.columns[-1].justify, table.columns[-1].no_wrap = "left", False
        for parameter, value, why in _grounds(scenario, arena):
            table.add_row(parameter, value, why)
        screen.print(table, "")


def _show_deck(screen: Screen, scenario: Scenario) -> None:
    """Print the deck of injects: when each is due, how long it lasts and what it changes."""
    if not scenario.deck:
        return
    caption = "what they do to payoffs are assumptions"
    table = screen.table("Injects", ("Title", "Due", "Lasts", "Changes"), caption, words=4)
    table.columns[0].no_wrap = table.columns[-1].no_wrap = False
    for inject in scenario.deck:
        table.add_row(inject.title, _due(inject), _lasts(inject), _changes(inject))
    screen.print(table, "")


class _Sources:
    """Numbers for sources, in the order in which they are met."""

    def __init__(self) -> None:
        self._met: dict[str, int] = {}

    def mark(self, source: str) -> str:
        """Give a source's number in brackets."""
        return f"[{self._met.setdefault(source, len(self._met) + 1)}]"

    def table(self) -> Table:
        """List the sources by number."""
        table = Table.grid(padding=(0, 1, 0, 0))
        for source, number in self._met.items():
            table.add_row(Text(f"[{number}]", FAINT), Text(source, FAINT))
        return table


def _country(screen: Screen, player: Player, sources: _Sources) -> Table:
    columns = (player.name, "Unit", "Status", "Year", "Value", "Source")
    table = screen.table("", columns, words=3)
    table.title = None
    table.columns[1].no_wrap = False
    for measure, figure in player.figures.items():
        year = "" if figure.year is None else str(figure.year)
        status, mark = STATUSES[figure.status], sources.mark(figure.source)
        name = MEASURES.get(measure, measure)
        table.add_row(name, figure.unit, status, year, value_of(figure), mark)
    return table


def value_of(figure: Figure) -> str:
    """Write a figure with four digits, or whole and in groups of three."""
    return f"{figure.value:,.0f}" if abs(figure.value) >= 1000 else f"{figure.value:,.4g}"


def _grounds(scenario: Scenario, arena: Arena) -> Iterator[tuple[str, str, str]]:
    for ground in arena.grounds:
        yield ground.parameter, _now(arena, ground.parameter), ground.source
    if arena.exclusive > 0:
        yield "x", f"{arena.exclusive:g}", "Assumption: how much the bloc worries rivals outside"
    for own in arena.overrides:
        name = scenario.player(own.member).name
        yield own.parameter, f"{own.value:g}", f"only {name}: {own.source} ({STATUSES[own.status]})"


def _now(arena: Arena, parameter: str) -> str:
    """The value that members have who have none of their own; of unlike sides both."""
    game = arena.game
    if isinstance(game, Bimatrix):
        sides = dict.fromkeys(f"{getattr(c, parameter):g}" for c in (game.row, game.column))
        return " / ".join(sides)
    if parameter == "theta":
        return f"{game.theta:g}"
    own = {each.member for each in arena.overrides if each.parameter == parameter}
    members = zip(arena.members, game.terms, strict=True)
    common = next((terms for seat, terms in members if seat not in own), game.terms[0])
    return f"{getattr(common, parameter):g}"


def _due(inject: Inject) -> str:
    return "when told" if inject.round is None else f"round {inject.round}"


def _lasts(inject: Inject) -> str:
    return "permanent" if inject.rounds == 0 else f"{inject.rounds}"


def _changes(inject: Inject) -> str:
    return "; ".join(_change(effect) for effect in inject.effects) or "nothing"


def _change(effect: InjectEffect) -> str:
    whose = f" of {effect.member}" if effect.member else ""
    return f"{effect.parameter}{whose} {effect.change:+g} in {effect.arena}"
