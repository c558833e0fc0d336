"""Finite machines: strategies as tables, with an optional coin in each state.

Every engine uses the same machine: in a seat it is folded over the history; its table is the input
of the loop, the compiled kernel and the exact Markov chain. Noise may change an intended action,
so a machine moves on the executed actions, its own included.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from game_rules.errors import InvalidInput
from game_rules.games.stage_games import Action, C, D
from game_rules.strategies.kit.play import Conditions, Play

S = TypeVar("S", bound=Hashable)
_OUTCOMES = ((C, C), (C, D), (D, C), (D, D))


@dataclass(frozen=True)
class Machine:
    """A finite machine: in each state a coin, an action per face, and the next states.

    start: the first state. heads: the chance of heads in each state; 1 where no coin is needed.
    actions: what is meant on heads and on tails. after: the next state by
    4·(is tails) + 2·(own action is D) + (other's action is D): eight a state.
    """

    start: int
    heads: tuple[float, ...]
    actions: tuple[tuple[Action, Action], ...]
    after: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if not len(self.heads) == len(self.actions) == len(self.after):
            raise InvalidInput("a machine needs a coin, two actions and eight moves a state")
        if bad := [chance for chance in self.heads if not 0 <= chance <= 1]:
            raise InvalidInput(f"chance {bad[0]}; a coin's chance is from 0 to 1")
        if bad_rows := [row for row in self.after if len(row) != 8]:
            raise InvalidInput(f"{len(bad_rows[0])} moves from a state; give eight")
        reached = {self.start, *(state for row in self.after for state in row)}
        if bad_states := [s for s in reached if not 0 <= s < len(self.heads)]:
            raise InvalidInput(f"state {bad_states[0]}; there are {len(self.heads)}, from 0")

    @property
    def size(self) -> int:
        """The number of states."""
        return len(self.heads)

    @cached_property
    def is_stochastic(self) -> bool:
        """Tell whether any state tosses a coin."""
        return any(0 < chance < 1 for chance in self.heads)

    def play(self, conditions: Conditions) -> Play:
        """Play without end: yield the intended action, receive the executed actions."""
        state, turn = self.start, 0
        heads, actions, after = self.heads, self.actions, self.after
        while True:
            turn += 1
            tails = heads[state] < 1 and conditions.draw(turn) >= heads[state]
            own, other = yield actions[state][tails]
            state = after[state][4 * tails + 2 * (own is D) + (other is D)]


def unfold(
    start: S, leaning: Callable[[S], float], step: Callable[[S, Action, Action], S]
) -> Machine:
    """Build the machine of a rule with finitely many memory values.

    leaning: the chance to cooperate with a memory. step: the memory after (own, other) actions.

    >>> unfold(C, lambda last: last is C, lambda last, own, other: other).size
    2
    """
    return unfold_coins(
        start,
        leaning,
        lambda memory, is_heads: C if is_heads else D,
        lambda memory, is_heads, own, other: step(memory, own, other),
    )


def unfold_coins(
    start: S,
    heads: Callable[[S], float],
    act: Callable[[S, bool], Action],
    step: Callable[[S, bool, Action, Action], S],
) -> Machine:
    """Build the machine of a rule that also remembers its own coin.

    heads: the chance of heads with a memory. act: what is meant on each face. step: the memory
    after the coin and the (own, other) actions.
    """
    states: dict[S, int] = {start: 0}
    memories = [start]
    chances, actions, after = [], [], []
    for memory in memories:
        chance = float(heads(memory))
        faces = (chance > 0, chance == 1)
        moves = [step(memory, face, own, other) for face in faces for own, other in _OUTCOMES]
        for reached in moves:
            if reached not in states:
                states[reached] = len(memories)
                memories.append(reached)
        chances.append(chance or 1.0)
        actions.append((act(memory, faces[0]), act(memory, faces[1])))
        after.append(tuple(states[reached] for reached in moves))
    return _smallest(Machine(0, tuple(chances), tuple(actions), tuple(after)))


def memory_one(
    first: float, after_cc: float, after_cd: float, after_dc: float, after_dd: float
) -> Machine:
    """Build a memory-one machine from its probabilities of cooperation.

    first: on the first turn. The others: after each outcome of the last turn, own action first.
    Source: Nowak & Sigmund 1990 for the four-vector.
    """
    chances = {
        None: first,
        (C, C): after_cc,
        (C, D): after_cd,
        (D, C): after_dc,
        (D, D): after_dd,
    }
    return unfold(None, chances.__getitem__, lambda memory, own, other: (own, other))


def cycle(actions: str) -> Machine:
    """Build the machine that repeats a string of C and D."""
    moves = tuple(Action(letter) for letter in actions)
    return unfold(0, lambda at: moves[at] is C, lambda at, own, other: (at + 1) % len(moves))


def mealy(rows: Iterable[Sequence], first: Action, start: int) -> Machine:
    """Build a machine from rows (state, other's action, next state, own next action).

    first: what is played before anything was seen. Source for the notation: Axelrod-Python's
    `SimpleFSM`.
    """
    moves = {(state, Action(seen)): (to, Action(then)) for state, seen, to, then in rows}

    return unfold(
        (start, first),
        lambda memory: memory[1] is C,
        lambda memory, own, other: moves[memory[0], other],
    )


def _smallest(machine: Machine) -> Machine:
    """Merge equivalent states by partition refinement (Moore 1956)."""
    kind = _numbered(zip(machine.heads, machine.actions, strict=True))
    while True:
        moves = (tuple(kind[state] for state in row) for row in machine.after)
        finer = _numbered(zip(kind, moves, strict=True))
        if max(finer) == max(kind):
            break
        kind = finer
    first = {kind[state]: state for state in reversed(range(machine.size))}
    kept = [first[number] for number in range(len(first))]
    return Machine(
        start=kind[machine.start],
        heads=tuple(machine.heads[state] for state in kept),
        actions=tuple(machine.actions[state] for state in kept),
        after=tuple(tuple(kind[to] for to in machine.after[state]) for state in kept),
    )


def _numbered(things: Iterable[Hashable]) -> list[int]:
    """Number values in order of first occurrence; equal values get the same number."""
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(thing, len(numbers)) for thing in things]
