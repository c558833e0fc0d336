"""Advice in the terminal: a sheet for one player, or a table of a whole scenario."""

from collections.abc import Iterator, Mapping

from rich.table import Table
from rich.text import Text

from game_rules.advice.advisor import Advice
from game_rules.advice.people import NoPeople, PeopleDid
from game_rules.games.corners import GameClass
from game_rules.games.equilibria import values
from game_rules.games.exact import Playable
from game_rules.games.ordinal_types import Familiar
from game_rules.games.stage_games import Action, C, D
from game_rules.lenses.lenses import Lens
from game_rules.scenario.scenario import Arena, Player
from server.cli.advise.advise import Advised, Choice, advised
from server.cli.advise.words import (
    best_reply,
    chance,
    common_patience,
    deposit,
    discount_figure,
    effort,
    fragility,
    lever,
    mediation,
    number,
    patience,
    people_did,
    profile,
    risk,
    situation,
    story,
    terms,
    tipping,
)
from server.cli.shared.screen import FAINT, STRONG, Screen, bullets
from server.cli.shared.words import CLASS_NAMES, tipping_figures

SIDES = ("Row", "Column")
CONTESTS = (Familiar.CONSTANT_SUM, Familiar.MATCHING_PENNIES)
MOST_PROFILES = 6


def show_game(
    screen: Screen,
    game: Playable,
    advice: Advice,
    people: PeopleDid | NoPeople,
    lens: Lens | None,
    lenses: Mapping[str, str],
) -> None:
    """Print the advice of a game for two to one side."""
    assert advice.name is not None
    caption = "; ".join(filter(None, (_aliases(advice), lens and f"seen through {lens.value}")))
    screen.print(Text.assemble((advice.name.full_name, STRONG), (f"  {caption}", FAINT)), "")
    screen.print(_matrix(game, advice), "")
    rows = [("Advice for", f"{SIDES[advice.member]}, with C and D as they stand above")]
    rows += [("Class", _class(advice))]
    rows += [*_figures(advice), *_two_sided(game, advice), *_conclusions(advice, SIDES)]
    rows += _people(people)
    rows.append(("Lenses", _through_lenses(lenses)))
    _sheet(screen, rows)


def show_arena(screen: Screen, choice: Choice, one: Advised) -> None:
    """Print the advice of an arena to one of its members."""
    scenario, advice = choice.scenario, one.told.advice
    member = scenario.player(one.seat).name
    lens = f", seen through {choice.lens.value}" if choice.lens else ""
    screen.print(Text.assemble((one.arena.title, STRONG), (f"  for {member}{lens}", FAINT)))
    screen.print(Text(one.arena.about, FAINT), "")
    names = [scenario.player(seat).name for seat in one.arena.members]
    rows = [("Class", _class(advice)), ("Fragile", fragility(advice))]
    if advice.name is not None:
        rows.append(("Name", advice.name.full_name))
    rows += [("" if i else "Terms", each) for i, each in enumerate(terms(one.told.steps))]
    rows += _figures(advice)
    rows += [("Equilibria", _profiles(advice, names))]
    rows += _conclusions(advice, names)
    rows += _people(one.told.people)
    rows += [("Effort", effort(one.told.effort))]
    _sheet(screen, rows)


def show_goals(screen: Screen, player: Player) -> None:
    """Print what is good for a seat, where its scenario says so."""
    if player.goals:
        screen.print(Text(f"What is good for {player.name}", STRONG), bullets(player.goals), "")


def show_overview(screen: Screen, choice: Choice) -> None:
    """Print one table per arena: every member's class, figures and best reply."""
    lens = f"seen through {choice.lens.value}, " if choice.lens else ""
    caption = f"{lens}power by {choice.scenario.power.value}"
    screen.print(Text.assemble((choice.scenario.title, STRONG), (f"  {caption}", FAINT)), "")
    told = tuple(advised(choice, has_mediation=False))
    for arena in choice.arenas:
        rows = [each for each in told if each.arena.name == arena.name]
        screen.print(_overview(screen, choice, arena, rows), "")
    screen.print(Text(LEGEND, FAINT))


LEGEND = (
    "f*: the trust from which C pays, after < below which; delta*: how likely a next round must be "
    "for cooperation to hold, where chance ends the match; z*: the deposit beyond which C is best "
    "whatever the others do; reply: best at the trust before round 1. --seat SEAT tells more."
)


def _overview(screen: Screen, choice: Choice, arena: Arena, rows: list[Advised]) -> Table:
    columns = ("Country", "Class", "Greed", "Fear", "f*", "delta*", "z*", "Reply")
    table = screen.table(arena.title, columns, words=2)
    for each in rows:
        advice = each.told.advice
        assert advice.pattern is not None, "new matches are played by rules that read it"
        table.add_row(
            choice.scenario.player(each.seat).name,
            situation(advice),
            f"{advice.corners.greed:.2f}",
            f"{advice.corners.fear:.2f}",
            tipping_figures(advice.pattern.tipping_points),
            discount_figure(advice),
            f"{float(advice.escrow):.2f}",
            " or ".join(advice.best_reply) or "-",
        )
    return table


def _matrix(game: Playable, advice: Advice) -> Table:
    """Show both sides' payoffs; an asterisk marks pure equilibria."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=FAINT)
    table.add_column("row / column", style=FAINT)
    for theirs in Action:
        table.add_column(theirs.value, justify="right", no_wrap=True)
    for mine in Action:
        cells = (_cell(game, advice, mine, theirs) for theirs in Action)
        table.add_row(mine.value, *cells)
    return table


def _cell(game: Playable, advice: Advice, mine: Action, theirs: Action) -> Text:
    words = ", ".join(number(payoff) for payoff in game.payoffs((mine, theirs)))
    is_stable = (mine, theirs) in (advice.pure or ())
    return Text(f"{words} *" if is_stable else f"{words}  ", STRONG if is_stable else "")


def _class(advice: Advice) -> str:
    return f"{situation(advice)}: {story(advice)}"


def _figures(advice: Advice) -> Iterator[tuple[str, str]]:
    corners = advice.corners
    yield "Greed, fear", f"T - R = {number(corners.greed)}, P - S = {number(corners.fear)}"


def _two_sided(game: Playable, advice: Advice) -> Iterator[tuple[str, str]]:
    """Every extreme equilibrium, and what it pays."""
    for place, found in enumerate(advice.mixed):
        pays = ", ".join(number(value) for value in values(game, found))
        actions = f"row {_mixture(found.row)}, column {_mixture(found.column)}"
        yield ("Equilibria" if place == 0 else "", f"{actions}: pays {pays}")
    if len(advice.sets) != len(advice.mixed):
        spans = "; ".join(_span(each.rows, each.columns) for each in advice.sets)
        yield "", f"and all between: chances of C {spans}"


def _mixture(chances: tuple) -> str:
    if 1 in chances:
        return C.value if chances[0] == 1 else D.value
    return f"C {chance(chances[0])}"


def _span(rows: tuple, columns: tuple) -> str:
    row, column = (
        chance(low) if low == high else f"{chance(low)} to {chance(high)}"
        for low, high in (rows, columns)
    )
    return f"row {row}, column {column}"


def _conclusions(advice: Advice, names: tuple[str, ...] | list[str]) -> Iterator[tuple[str, str]]:
    yield "Mediation", mediation(advice, names)
    yield "f*", tipping(advice)
    yield "delta*", patience(advice)
    yield "", common_patience(advice)
    yield "z*", deposit(advice)
    yield "Best reply", best_reply(advice)
    yield "Lever", lever(advice)


def _people(told: PeopleDid | NoPeople) -> Iterator[tuple[str, str]]:
    yield "People", people_did(told)
    yield "Risk", risk(told)


def _profiles(advice: Advice, names: list[str]) -> str:
    if advice.pure is None:
        return "too many members to try every profile"
    if not advice.pure:
        return "none in pure actions"
    shown = [profile(each, names) for each in advice.pure[:MOST_PROFILES]]
    more = len(advice.pure) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more else "")


def _aliases(advice: Advice) -> str:
    assert advice.name is not None
    name = advice.name
    if name.abbreviation is None or name.row_type is None:
        return f"by best replies: {name.best_response.full_name}"
    aliases = name.row_type.aliases if name.row_type is name.column_type else ()
    family = name.family.value.replace("_", " ") if name.family else ""
    known = name.familiar.full_name if name.familiar and name.familiar in CONTESTS else ""
    return ", ".join(filter(None, (name.abbreviation, *aliases, known, family)))


def _through_lenses(classes: Mapping[str, str]) -> str:
    return "; ".join(f"{lens}: {CLASS_NAMES[GameClass(name)]}" for lens, name in classes.items())


def _sheet(screen: Screen, rows: list[tuple[str, str]]) -> None:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style=FAINT, no_wrap=True)
    table.add_column()
    for name, words in rows:
        if words:
            table.add_row(name, words)
    screen.print(table, "")
