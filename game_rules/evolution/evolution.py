"""Evolutionary search for finite machines that score well against given opponents.

A machine's fitness is its exact expected score against fixed opponents and, optionally, against
its own generation. The best machines of a generation survive and breed the others.
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
    """The settings of a search.

    contest: its entrants are the opponents; its game, turns, noise and seed apply to every match.
    states: the states of each machine. population: machines per generation. survivors: the best
    machines that survive. mutation: the probability that an action or a transition of a new
    machine changes. meets_its_own: whether machines also play their own generation.
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
    """A generation, best machine first. scores: the points per turn of each."""

    number: int
    machines: tuple[Machine, ...]
    scores: tuple[float, ...]


def breed(search: Search) -> Iterator[Generation]:
    """Yield generations without end."""
    random = _Random(mix(int(chance(search.contest.seed, "evolution") * 2.0**53)))
    machines = [_random_machine(search, random) for _ in range(search.population)]
    known: dict[tuple[Machine, Machine], float] = {}
    number = 0
    while True:
        scores = _scores(search, machines, known)
        order = sorted(range(len(machines)), key=lambda place: -scores[place])
        ranked = [machines[place] for place in order]
        yield Generation(number, tuple(ranked), tuple(scores[place] for place in order))
        parents = ranked[: search.survivors]
        young = search.population - search.survivors
        machines = parents + [_newborn(search, parents, random) for _ in range(young)]
        number += 1


def bred(machine: Machine, name: str) -> Strategy:
    """Return a machine as a strategy that can enter a contest."""
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


class _Random:
    """A sequence of random numbers in [0, 1), from one key."""

    def __init__(self, key: int) -> None:
        self._key, self._asked = key, 0

    def number(self) -> float:
        self._asked += 1
        return draw(self._key, self._asked)

    def below(self, count: int) -> int:
        return int(self.number() * count)

    def action(self) -> Action:
        return C if self.number() < 0.5 else D


def _random_machine(search: Search, random: _Random) -> Machine:
    actions = [random.action() for _ in range(search.states)]
    moves = [tuple(random.below(search.states) for _ in range(4)) for _ in range(search.states)]
    return _machine(actions, moves)


def _machine(actions: list[Action], moves: list[tuple[int, ...]]) -> Machine:
    """Build a machine without coins, from one action and four transitions per state."""
    return Machine(
        start=0,
        heads=(1.0,) * len(actions),
        actions=tuple((action, action) for action in actions),
        after=tuple(row * 2 for row in moves),
    )


def _newborn(search: Search, parents: list[Machine], random: _Random) -> Machine:
    """Cross two survivors at one state, then mutate."""
    mother, father = (parents[random.below(len(parents))] for _ in range(2))
    cut = random.below(search.states + 1)
    actions = [faces[0] for faces in (*mother.actions[:cut], *father.actions[cut:])]
    moves = [row[:4] for row in (*mother.after[:cut], *father.after[cut:])]
    return _machine(
        [action.other if random.number() < search.mutation else action for action in actions],
        [
            tuple(
                random.below(search.states) if random.number() < search.mutation else move
                for move in row
            )
            for row in moves
        ],
    )


def _scores(
    search: Search, machines: list[Machine], known: dict[tuple[Machine, Machine], float]
) -> list[float]:
    """Return each machine's expected points per turn, over all opponents."""
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
