"""Where every number of a scenario is from: countries' figures, arenas' parameters, the deck."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from game_rules.games.stage_games import Bimatrix
from game_rules.scenario.injects import Inject, InjectEffect
from game_rules.scenario.scenario import Arena, Figure, FigureStatus, Player, Scenario
from server.cli.shared.screen import FAINT, Screen

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


def show_figures(screen: Screen, scenario: Scenario) -> None:
    """Print every number of a country with unit, year, status and source, a source a number."""
    sources = _Sources()
    for player in scenario.players:
        if player.figures:
            screen.print(_country(screen, player, sources), "")
    ties = (("trade shares", scenario.trade), ("friendliness at first", scenario.affinity))
    for what, tie in ties:
        if tie.values:
            year = f", {tie.year}" if tie.year else ""
            words = f"{what}: {tie.unit}{year}, {STATUSES[tie.status]} {sources.mark(tie.source)}"
            screen.print(Text(words, FAINT))
    screen.print(sources.table())


def show_grounds(screen: Screen, scenario: Scenario) -> None:
    """Print why each parameter of each arena is what it is, and whose is another."""
    for arena in scenario.arenas:
        table = screen.table(f"The numbers of {arena.title}", ("", "Value", "Why"), words=1)
        table.columns[-1].justify, table.columns[-1].no_wrap = "left", False
        for parameter, value, why in _grounds(scenario, arena):
            table.add_row(parameter, value, why)
        screen.print(table, "")


def show_deck(screen: Screen, scenario: Scenario) -> None:
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
    return "for good" if inject.rounds == 0 else f"{inject.rounds}"


def _changes(inject: Inject) -> str:
    return "; ".join(_change(effect) for effect in inject.effects) or "nothing"


def _change(effect: InjectEffect) -> str:
    whose = f" of {effect.member}" if effect.member else ""
    return f"{effect.parameter}{whose} {effect.change:+g} in {effect.arena}"
