"""Evolutionary search over machines: breed finite machines that do well against given company.

A machine's fitness is its exact expected score (no sampling) against fixed opponents and, if
wanted, against its own generation. The best part of a generation lives on and breeds the rest.
Source for the idea: Axelrod 1987, The evolution of strategies in the iterated prisoner's dilemma;
for machines: Miller 1996, The coevolution of automata in the repeated prisoner's dilemma (JEBO 29).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from game_rules.chance import chance
from game_rules.contests.contest import Contest
from game_rules.contests.exact import Lengths, expect_pair
from game_rules.errors import InvalidInput
from game_rules.games.stage_games import Action, C, D
from game_rules.strategies.kit.definition import Strategy
from game_rules.strategies.kit.draws import draw, mix
from game_rules.strategies.kit.family import SameInEveryGame
from game_rules.strategies.kit.machine import Machine


@dataclass(frozen=True, slots=True)
class Search:
    """What to breed, and against whom.

    contest: its entrants are the opponents; its game, turns, noise and seed hold for every match.
    states: how many states a machine has. population: machines in a generation. survivors: how
    many of the best live on. mutation: the chance that an action or a move of a newborn changes.
    meets_its_own: whether machines also play their own generation.
    """

    contest: Contest
    states: int = 4
    population: int = 40
    survivors: int = 10
    mutation: float = 0.05
    meets_its_own: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.states <= 64:
            raise InvalidInput(f"{self.states} states; breed machines of 1 to 64")
        if not 1 <= self.survivors < self.population:
            raise InvalidInput(
                f"{self.survivors} survivors of {self.population}; keep 1 or more, not all"
            )
        if not 0 <= self.mutation <= 1:
            raise InvalidInput(f"mutation {self.mutation}; it is a chance, from 0 to 1")
        if not self.contest.is_symmetric:
            raise InvalidInput("the game is not the same for both sides; breed in a symmetric one")
        if others := [entrant.name for entrant in self.contest.entrants if entrant.table is None]:
            raise InvalidInput(f"{others[0]} is no table bot; name table bots as opponents")


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation, best machine first. scores: points a turn, of each."""

    number: int
    machines: tuple[Machine, ...]
    scores: tuple[float, ...]


def evolve(search: Search) -> Iterator[Generation]:
    """Breed generation after generation, without end; take as many as wanted."""
    luck = _Luck(mix(int(chance(search.contest.seed, "evolution") * 2.0**53)))
    machines = [_random_machine(search, luck) for _ in range(search.population)]
    known: dict[tuple[Machine, Machine], float] = {}
    number = 0
    while True:
        scores = _scores(search, machines, known)
        order = sorted(range(len(machines)), key=lambda place: -scores[place])
        ranked = [machines[place] for place in order]
        yield Generation(number, tuple(ranked), tuple(scores[place] for place in order))
        parents = ranked[: search.survivors]
        young = search.population - search.survivors
        machines = parents + [_newborn(search, parents, luck) for _ in range(young)]
        number += 1


def bred(machine: Machine, name: str) -> Strategy:
    """Make a strategy of a machine, so that it can enter a contest."""
    return Strategy(
        name=name,
        title=name,
        family="bred",
        about="A machine bred by evolutionary search.",
        source="evolutionary search",
        memory=None,
        is_stochastic=machine.is_stochastic,
        table=SameInEveryGame(_Bred(machine)),
    )


@dataclass(frozen=True, slots=True)
class _Bred:
    machine: Machine

    def __call__(self) -> Machine:
        return self.machine


class _Luck:
    """Numbers in [0, 1), one after another, all from one key."""

    def __init__(self, key: int) -> None:
        self._key, self._asked = key, 0

    def number(self) -> float:
        self._asked += 1
        return draw(self._key, self._asked)

    def below(self, count: int) -> int:
        return int(self.number() * count)

    def action(self) -> Action:
        return C if self.number() < 0.5 else D


def _random_machine(search: Search, luck: _Luck) -> Machine:
    actions = [luck.action() for _ in range(search.states)]
    moves = [tuple(luck.below(search.states) for _ in range(4)) for _ in range(search.states)]
    return _machine(actions, moves)


def _machine(actions: list[Action], moves: list[tuple[int, ...]]) -> Machine:
    """A machine without coins, from an action and four moves a state."""
    return Machine(
        start=0,
        heads=(1.0,) * len(actions),
        actions=tuple((action, action) for action in actions),
        after=tuple(row * 2 for row in moves),
    )


def _newborn(search: Search, parents: list[Machine], luck: _Luck) -> Machine:
    """Cross two of the best at one state, then mutate."""
    mother, father = (parents[luck.below(len(parents))] for _ in range(2))
    cut = luck.below(search.states + 1)
    actions = [faces[0] for faces in (*mother.actions[:cut], *father.actions[cut:])]
    moves = [row[:4] for row in (*mother.after[:cut], *father.after[cut:])]
    return _machine(
        [action.other if luck.number() < search.mutation else action for action in actions],
        [
            tuple(
                luck.below(search.states) if luck.number() < search.mutation else move
                for move in row
            )
            for row in moves
        ],
    )


def _scores(
    search: Search, machines: list[Machine], known: dict[tuple[Machine, Machine], float]
) -> list[float]:
    """Each machine's expected points a turn, over all it meets."""
    corners, lengths = search.contest.game.row, Lengths.of(search.contest)
    company = [entrant.table(corners) for entrant in search.contest.entrants if entrant.table]
    if search.meets_its_own:
        company += machines
    for machine in machines:
        for other in company:
            if (machine, other) not in known:
                met = expect_pair(machine, other, search.contest.noise, lengths)
                known[machine, other] = met.score_per_turn(corners)
    return [sum(known[machine, other] for other in company) / len(company) for machine in machines]
