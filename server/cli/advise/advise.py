"""`detente advise`: the class of a game, and what follows for its players."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from server.cli.shared.errors import WrongInput
from server.cli.shared.values import Chance, print_json

if TYPE_CHECKING:
    from game_rules.advice.patterns import ArenaAdvised
    from game_rules.games.exact import Playable
    from game_rules.games.stage_games import Bimatrix
    from game_rules.lenses.lenses import Lens
    from game_rules.roles import Seat
    from game_rules.scenario.scenario import Arena, Scenario

SIDES = ("row", "column")


@dataclass(frozen=True, slots=True)
class Choice:
    """A scenario and the requested parts. seat None: all seats; arenas: the requested ones."""

    scenario: "Scenario"
    seat: "Seat | None"
    arenas: "tuple[Arena, ...]"
    lens: "Lens | None"


@dataclass(frozen=True, slots=True)
class Advised:
    """One member of one arena as the first round opens, and its advice."""

    arena: "Arena"
    seat: "Seat"
    told: "ArenaAdvised"


@dataclass(frozen=True, slots=True)
class Prospects:
    """How likely another round is, where that was given, and that an action is flipped."""

    continuation: float | None
    noise: float | None

    @property
    def options(self) -> dict[str, float | None]:
        """Both by the option that gives them."""
        return {"--continue": self.continuation, "--noise": self.noise}


@click.command("advise")
@click.argument("game", metavar="[GAME|SCENARIO]", required=False)
@click.option("--payoffs", metavar='"3,3 0,5; 5,0 1,1"', help="Payoffs of a 2x2 game.")
@click.option("--seat", metavar="SEAT", help="Seat to advise; in a 2x2 game, row or column.")
@click.option("--arena", metavar="ARENA", help="Show only this arena of the scenario.")
@click.option(
    "--lens", metavar="LENS", help="School of thought: realism, liberalism or constructivism."
)
@click.option(
    "--power", metavar="MEASURE", help="Measure of power: cinc, lowy, military_spending or equal."
)
@click.option(
    "--continue",
    "continuation",
    type=Chance(1),
    metavar="D",
    help="Probability of another round; adds results from laboratories.",
)
@click.option(
    "--noise",
    type=Chance(0.5),
    metavar="P",
    help="Probability that an action is replaced by the other.  [default: 0]",
)
@click.option("--json", "is_json", is_flag=True, help="Print one JSON document only.")
def command(
    game: str | None,
    payoffs: str | None,
    seat: str | None,
    arena: str | None,
    lens: str | None,
    power: str | None,
    continuation: float | None,
    noise: float | None,
    is_json: bool,
) -> None:
    """Identify a game and what would change it.

    The output has its class and name, its equilibria, what a mediator could reach and the best
    reply. It gives the trust from which cooperation pays (f*), the probability of another round
    that can sustain it (delta*), and the deposit that secures it (z*). It also gives the smallest
    change that makes it another game. With --continue, it adds how many people cooperated at first
    in laboratories.

    GAME is a name like chicken, hawk-dove or PdCh. SCENARIO is a name from `detente scenario list`
    or a path to a .toml file; the advice is for its first round. Payoffs are written as rows of
    mine,theirs, in decimals or fractions. The first row is for my cooperation, the second for my
    defection; the first column is for their cooperation.

    \b
    Examples:
      detente advise stag_hunt
      detente advise --payoffs "3,3 0,5; 5,0 1,1" --json
      detente advise --payoffs "1/2,1/2 -1,3; 3,-1 0,0" --lens realism
      detente advise --payoffs "40,40 12,50; 50,12 25,25" --continue 0.5
      detente advise south_china_sea
      detente advise south_china_sea --seat PHL --lens realism
    """
    from game_rules.lenses.lenses import lens_named

    chosen = None if lens is None else _with_option("--lens", lens_named, lens)
    own = _own_game(game, payoffs)
    if own is not None:
        _refuse_scenario_options(arena, power)
        _advise_game(own, _side(seat), chosen, Prospects(continuation, noise), is_json=is_json)
        return
    assert game is not None
    _refuse_game_options(Prospects(continuation, noise))
    _advise_scenario(_choose(game, seat, arena, chosen, power), is_json=is_json)


def _own_game(game: str | None, payoffs: str | None) -> "Bimatrix | None":
    """Take the game of two that was asked for; None if it is a scenario."""
    if (game is None) == (payoffs is None):
        found = "neither" if game is None else "both"
        raise WrongInput(f"{found} given; name a GAME or SCENARIO, or write --payoffs, not both")
    if payoffs is not None:
        from game_rules.games.payoff_text import parse_exact_payoffs

        return _with_option("--payoffs", parse_exact_payoffs, payoffs)
    assert game is not None
    from game_rules.games.by_name import game_names, named_game
    from game_rules.nearest import nearest
    from game_rules.scenario_files.scenarios import scenario_names

    found_game = named_game(game)
    if found_game is None and not game.endswith(".toml") and game not in scenario_names():
        known = (*scenario_names(), *game_names())
        raise WrongInput(f"{game[:60]!r} is no game and no scenario; {nearest(game, known)}")
    return found_game


def _with_option(option: str, read: Any, text: str) -> Any:
    from game_rules.errors import InvalidInput

    try:
        return read(text)
    except InvalidInput as error:
        raise WrongInput(f"{option}: {error}") from error


def _refuse_scenario_options(arena: str | None, power: str | None) -> None:
    for option, value in (("--arena", arena), ("--power", power)):
        if value is not None:
            raise WrongInput(f"{option} {value}: only a scenario has any; leave it out")


def _refuse_game_options(prospects: Prospects) -> None:
    for option, value in prospects.options.items():
        if value is not None:
            raise WrongInput(f"{option} {value:g}: a scenario has its own; leave it out")


def _side(seat: str | None) -> int:
    from game_rules.nearest import nearest

    if seat is None:
        return 0
    if seat.casefold() not in SIDES:
        raise WrongInput(
            f"--seat: {seat[:40]!r} is no side of a game of two; {nearest(seat, SIDES)}"
        )
    return SIDES.index(seat.casefold())


def _advise_game(
    game: "Bimatrix", member: int, lens: "Lens | None", prospects: Prospects, *, is_json: bool
) -> None:
    from game_rules.advice.advisor import advise, by_its_equilibria
    from game_rules.advice.people import people_in

    seen = _seen(game, lens)
    advice = by_its_equilibria(seen, advise(seen, member))
    people = people_in(game, prospects.continuation, prospects.noise or 0.0)
    if is_json:
        from game_rules.advice.advice_json import advice_json, people_json

        lenses = {"lens": lens and lens.value, "lenses": _lens_classes(game, member)}
        told = {**advice_json(advice), **people_json(people)}
        print_json({**told, "seat": SIDES[member], **lenses})
        return
    from server.cli.advise.screen import show_game
    from server.cli.shared.screen import open_screen

    lenses = _lens_classes(game, member)
    show_game(open_screen(), seen, advice, people, lens, lenses)


def _seen(game: "Bimatrix", lens: "Lens | None") -> "Playable":
    from game_rules.lenses.lensed_games import bare_lensed_game

    return game if lens is None else bare_lensed_game(lens, game)


def _lens_classes(game: "Bimatrix", member: int) -> dict[str, str]:
    from game_rules.games.corners import game_class
    from game_rules.lenses.lenses import Lens

    return {lens.value: game_class(_seen(game, lens), member).value for lens in Lens}


def _choose(
    name: str, seat: str | None, arena: str | None, lens: "Lens | None", power: str | None
) -> Choice:
    """Read a scenario and find what was asked for. Raises WrongInput naming what there is."""
    from game_rules.scenario_files.scenarios import load_scenario, with_power
    from server.cli.shared.values import measure_named

    scenario = load_scenario(name)
    if power is not None:
        scenario = with_power(scenario, measure_named(power))
    found = None if seat is None else _seat(scenario, seat)
    return Choice(scenario, found, _arenas(scenario, found, arena), lens)


def advised(choice: Choice, *, has_mediation: bool = True) -> Iterator[Advised]:
    """Advise every member that was asked for, in the scenario's order."""
    from game_rules.advice.opening import first_round_of
    from game_rules.advice.patterns import advise_on

    position = first_round_of(choice.scenario)
    played = {arena.name: arena for arena in position.arenas}
    seats = choice.scenario.seats if choice.seat is None else (choice.seat,)
    told = {
        (each.arena, seat): each
        for seat in seats
        for each in advise_on(position, seat, choice.lens, has_mediation=has_mediation)
    }
    for arena in choice.arenas:
        for seat in arena.members:
            if seat in seats:
                yield Advised(played[arena.name], seat, told[arena.name, seat])


def _documents(choice: Choice) -> dict[str, Any]:
    """Write the advice as JSON: of one member of one arena as it is, else as a list."""
    each = [_document(choice, one) for one in advised(choice)]
    if choice.seat is not None and len(each) == 1:
        return each[0]
    scenario = choice.scenario
    return {"scenario": scenario.name, "lens": choice.lens and choice.lens.value, "advice": each}


def _document(choice: Choice, one: Advised) -> dict[str, Any]:
    from server.hosting.advice import advice_document

    return {
        **advice_document(one.told),
        "scenario": choice.scenario.name,
        "members": list(one.arena.members),
        "seat": one.seat,
        "goals": list(choice.scenario.player(one.seat).goals),
        "lens": choice.lens and choice.lens.value,
        "power": choice.scenario.power.value,
    }


def _seat(scenario: "Scenario", word: str) -> "Seat":
    from game_rules.nearest import nearest
    from game_rules.roles import Seat

    if word in scenario.seats:
        return Seat(word)
    names = {player.name: str(player.seat) for player in scenario.players}
    hint = nearest(word, scenario.seats, names)
    raise WrongInput(f"--seat: {word[:40]!r} is no seat of {scenario.name}; {hint}")


def _arenas(scenario: "Scenario", seat: "Seat | None", name: str | None) -> "tuple[Arena, ...]":
    arenas = scenario.arenas if seat is None else scenario.arenas_of(seat)
    if name is None:
        return arenas
    from game_rules.nearest import nearest

    chosen = tuple(arena for arena in arenas if arena.name == name)
    if not chosen:
        known = {arena.title: arena.name for arena in arenas}
        hint = nearest(name, [arena.name for arena in arenas], known)
        raise WrongInput(f"--arena: {name[:40]!r} is no arena of {seat or scenario.name}; {hint}")
    return chosen


def _advise_scenario(choice: "Choice", *, is_json: bool) -> None:
    if is_json:
        print_json(_documents(choice))
        return
    from server.cli.advise.screen import show_arena, show_goals, show_overview
    from server.cli.shared.screen import open_screen

    screen = open_screen()
    if choice.seat is None:
        show_overview(screen, choice)
        return
    show_goals(screen, choice.scenario.player(choice.seat))
    for each in advised(choice):
        show_arena(screen, choice, each)
