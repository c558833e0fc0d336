"""The four mechanisms that CoopEval compares, with laboratory persons: the list, and its tables.

Source of the comparison: Tewolde et al. 2026. What persons do is told in `tests.evidence.persons`.
"""

from collections.abc import Callable

from game_rules.games.corners import Corners
from game_rules.games.laboratory import first_cooperation
from game_rules.scenario.pacts import Binding
from game_rules.scenario.pairings import Pairing
from tests.evidence.intervals import interval
from tests.evidence.matches import Figures
from tests.evidence.parts import PAIRED, Bar, differences
from tests.evidence.persons import CONTINUATION, GAMES, Mechanism
from tests.evidence.runs import Runs, Want
from tests.tools.laboratory import Treatment, treatments

DILEMMA = "prisoners_dilemma"
BEYOND = ("chicken", "stag_hunt", "battle_of_the_sexes")
"""Games in which a mediator has something to say, and of which nothing is known of people."""

MEASURES: dict[str, tuple[Callable[[Figures], float], int]] = {
    "cooperation, points of %": (lambda x: 100 * x.cooperation, 1),
    "points": (lambda x: x.points, 2),
    "trust": (lambda x: x.trust, 3),
    "index": (lambda x: x.index, 1),
}
"""What is told, and with how many digits."""


def plain(game: str | None) -> Mechanism:
    """Give the base of all comparisons: a stranger in every round, of whom nothing is known."""
    return Mechanism("none", game)


def pairs(game: str | None) -> Mechanism:
    """Let pairs stay."""
    return Mechanism("repetition", game, Pairing.FIXED)


def mediated(game: str | None) -> Mechanism:
    """Let pairs stay, and everybody ask for a mediator."""
    return Mechanism("mediation", game, Pairing.FIXED, asks_mediator=True)


def mechanisms_in(game: str) -> tuple[Mechanism, ...]:
    """List the mechanisms in a dilemma, the base left out."""
    return (
        pairs(game),
        Mechanism("reputation", game, has_record=True),
        Mechanism("reputation, not foreseen", game, has_record=True, foresees=False),
        mediated(game),
        Mechanism("contract: escrow ½ z*", game, binding=Binding.ESCROW, stake=0.5),
        Mechanism("contract: escrow 1¼ z*", game, binding=Binding.ESCROW, stake=1.25),
        Mechanism("contract: executed", game, binding=Binding.EXECUTED),
    )


def mechanisms(runs: Runs) -> list[Bar]:
    """Put one mechanism at a time around a dilemma that laboratory persons play."""
    seeds = runs.seeds(PAIRED)
    everything = [x for game in GAMES for x in (plain(game), *mechanisms_in(game))]
    runs.play(Want(DILEMMA, each, seeds) for each in everything)
    runs.play(Want(game, each(None), seeds) for game in BEYOND for each in (pairs, mediated))
    _print_dilemmas(runs, seeds)
    _print_mediator(runs, seeds)
    _print_people(runs, seeds)
    return []


def _print_dilemmas(runs: Runs, seeds: range) -> None:
    print(f"| mechanism | dilemma | cooperation | {' | '.join(MEASURES)} | reached |")
    print(f"| --- | --- | ---: |{' ---: |' * (len(MEASURES) + 1)}")
    for game in GAMES:
        base = runs.rows(DILEMMA, plain(game), seeds)
        for each in (plain(game), *mechanisms_in(game)):
            rows = runs.rows(DILEMMA, each, seeds)
            found = interval([100 * x.cooperation for x in rows])
            told = ["–"] * len(MEASURES) if each == plain(game) else _differences(rows, base)
            reached = 100 * sum(x.reached for x in rows) / len(rows)
            share = f"{found.mean:.1f} ± {found.width:.1f}%"
            print(f"| {each.label} | {game} | {share} | {' | '.join(told)} | {reached:.0f}% |")


def _print_mediator(runs: Runs, seeds: range) -> None:
    print(f"\n| mediation beside repetition | {' | '.join(MEASURES)} | reached |")
    print(f"| --- |{' ---: |' * (len(MEASURES) + 1)}")
    for game in BEYOND:
        rows, base = (runs.rows(game, each(None), seeds) for each in (mediated, pairs))
        reached = 100 * sum(x.reached for x in rows) / len(rows)
        print(f"| {game} | {' | '.join(_differences(rows, base))} | {reached:.0f}% |")


def _print_people(runs: Runs, seeds: range) -> None:
    """Print what people did where pairs stay, beside what persons do."""
    print("\n| repetition | people at first | persons | people in all rounds | persons |")
    print("| --- |" + " ---: |" * 4)
    for game, payoffs in GAMES.items():
        people = observed(payoffs.row)
        first = first_cooperation(payoffs.row, CONTINUATION).share
        rows = runs.rows(DILEMMA, pairs(game), seeds)
        whole = sum(x.cooperation for x in rows) / len(rows)
        shares = (people.first_round, first, people.cooperation, whole)
        print(f"| {game} | {' | '.join(f'{100 * x:.1f}%' for x in shares)} |")


def observed(corners: Corners) -> Treatment:
    """Find the treatment of a dilemma in the figures of laboratories, whatever its unit."""

    def scaled(c: Corners) -> tuple[float, float]:
        return round((c.R - c.S) / (c.T - c.S), 6), round((c.P - c.S) / (c.T - c.S), 6)

    (found,) = (
        x
        for x in treatments()
        if (x.continuation, scaled(x.corners)) == (CONTINUATION, scaled(corners))
    )
    return found


def _differences(rows: list[Figures], base: list[Figures]) -> list[str]:
    return [differences(rows, base, f).told(digits) for f, digits in MEASURES.values()]
