"""Which arenas and seats of a scenario are advised, through which lens, before its first round."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from game_rules.advice.advice_json import advice_json
from game_rules.advice.advisor import Advice, advise, beliefs_of
from game_rules.games.exact import Playable
from game_rules.lenses.contexts import lens_context
from game_rules.lenses.lensed_games import lensed_game
from game_rules.lenses.lenses import Lens
from game_rules.nearest import nearest
from game_rules.roles import Seat
from game_rules.scenario.scenario import Arena, Scenario
from game_rules.scenario_files.scenarios import load_scenario, with_power
from game_rules.standing.standing import first_standing, trusts
from server.cli.shared.errors import WrongInput
from server.cli.shared.values import measure_named


@dataclass(frozen=True, slots=True)
class Choice:
    """A scenario, and what of it was asked for. seat None: everybody; arenas: those asked for."""

    scenario: Scenario
    seat: Seat | None
    arenas: tuple[Arena, ...]
    lens: Lens | None


@dataclass(frozen=True, slots=True)
class Advised:
    """One member of one arena, and what it is told. game: as the lens shows it."""

    arena: Arena
    seat: Seat
    game: Playable
    advice: Advice


def choose(
    name: str, seat: str | None, arena: str | None, lens: Lens | None, power: str | None
) -> Choice:
    """Read a scenario and find what was asked for. Raises WrongInput naming what there is."""
    scenario = load_scenario(name)
    if power is not None:
        scenario = with_power(scenario, measure_named(power))
    found = None if seat is None else _seat(scenario, seat)
    return Choice(scenario, found, _arenas(scenario, found, arena), lens)


def advised(choice: Choice, *, has_mediation: bool = True) -> Iterator[Advised]:
    """Advise every member that was asked for, in the scenario's order."""
    standing = first_standing(choice.scenario)
    trust = trusts(standing)
    context = lens_context(choice.scenario, standing)
    for arena in choice.arenas:
        game = arena.game if choice.lens is None else lensed_game(choice.lens, arena, context)
        for seat in arena.members:
            if choice.seat in (None, seat):
                member, beliefs = arena.member(seat), beliefs_of(arena, seat, trust)
                yield Advised(
                    arena, seat, game, advise(game, member, beliefs, has_mediation=has_mediation)
                )


def documents(choice: Choice) -> dict[str, Any]:
    """Write the advice as JSON: of one member of one arena as it is, else as a list."""
    each = [_document(choice, one) for one in advised(choice)]
    if choice.seat is not None and len(each) == 1:
        return each[0]
    scenario = choice.scenario
    return {"scenario": scenario.name, "lens": choice.lens and choice.lens.value, "advice": each}


def _document(choice: Choice, one: Advised) -> dict[str, Any]:
    """An arena's labels are the scenario's own, so greed and fear alone give the class."""
    return {
        **advice_json(one.advice),
        "class": one.advice.game_class.value,
        "scenario": choice.scenario.name,
        "arena": one.arena.name,
        "members": list(one.arena.members),
        "seat": one.seat,
        "lens": choice.lens and choice.lens.value,
        "power": choice.scenario.power.value,
    }


def _seat(scenario: Scenario, word: str) -> Seat:
    if word in scenario.seats:
        return Seat(word)
    names = {player.name: str(player.seat) for player in scenario.players}
    hint = nearest(word, scenario.seats, names)
    raise WrongInput(f"--seat: {word[:40]!r} is no seat of {scenario.name}; {hint}")


def _arenas(scenario: Scenario, seat: Seat | None, name: str | None) -> tuple[Arena, ...]:
    arenas = scenario.arenas if seat is None else scenario.arenas_of(seat)
    if name is None:
        return arenas
    chosen = tuple(arena for arena in arenas if arena.name == name)
    if not chosen:
        known = {arena.title: arena.name for arena in arenas}
        hint = nearest(name, [arena.name for arena in arenas], known)
        raise WrongInput(f"--arena: {name[:40]!r} is no arena of {seat or scenario.name}; {hint}")
    return chosen
