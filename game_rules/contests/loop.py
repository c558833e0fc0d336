"""Matches in plain Python: any strategy against any other, turn by turn.

It plays what the kernels play, bit for bit, and keeps the actions; it is also how a match of a
contest is opened again from its number.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from game_rules.contests.contest import Contest
from game_rules.contests.luck import (
    COINS,
    HALF_WORDS,
    NOISE,
    halves,
    length,
    match_key,
    powers,
    threshold,
)
from game_rules.errors import InvalidInput
from game_rules.games import Action, C, Corners, D
from game_rules.strategies import Conditions, Play
from game_rules.strategies.draws import word_at

Counts = tuple[int, int, int, int]
"""How often CC, CD, DC and DD came out, from the row's side."""
NO_LIMIT = 2**62
_OTHER = {C: D, D: C}
_UNIT = 1.0 / HALF_WORDS


class BadAction(InvalidInput):
    """A strategy gave something that is no action."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A strategy raised or gave no action: it forfeits, and counts as D from that turn on."""

    match: int
    place: int
    turn: int
    problem: str


@dataclass(frozen=True, slots=True)
class PlayedMatch:
    """One match of a contest, with every action. row, column: places of its entrants."""

    match: int
    row: int
    column: int
    repetition: int
    actions_row: str
    actions_column: str
    faults: tuple[Fault, ...]

    @property
    def counts(self) -> Counts:
        """How often CC, CD, DC and DD came out."""
        # C and D are 0x43 and 0x44: the third bit tells them apart, for all turns at once.
        row, column = (
            int.from_bytes(actions.encode(), "big") & int.from_bytes(b"\4" * len(actions), "big")
            for actions in (self.actions_row, self.actions_column)
        )
        dd = (row & column).bit_count()
        cd, dc = column.bit_count() - dd, row.bit_count() - dd
        return len(self.actions_row) - cd - dc - dd, cd, dc, dd

    def scores(self, contest: Contest) -> tuple[float, float]:
        """What both sides gained in all."""
        return total(self.counts, contest.game.row), total(
            _turned(self.counts), contest.game.column
        )


def total(counts: Counts, corners: Corners) -> float:
    """Add up what one side gains from outcomes counted from its own side."""
    cc, cd, dc, dd = counts
    return cc * corners.R + cd * corners.S + dc * corners.T + dd * corners.P


def replay(contest: Contest, match: int) -> PlayedMatch:
    """Play one match of a contest, the same every time; matches count from 0.

    Raises InvalidInput if there is no such match.
    """
    if not 0 <= match < contest.match_count:
        raise InvalidInput(f"match {match}; they go from 0 to {contest.match_count - 1}")
    row, column = contest.seats_of(match)
    key = match_key(contest.key, match)
    turns = match_turns(contest, key)
    faults: list[Fault] = []
    luck = _coins(contest, row, column, key, turns)
    first, second = (
        _side(contest, place, side, luck[side], _report(faults, match, place))
        for side, place in enumerate((row, column))
    )
    actions = _play_out(first, second, _slips(contest, key, turns), turns)
    repetition = contest.repetition_of(match)
    return PlayedMatch(match, row, column, repetition, *map("".join, actions), tuple(faults))


def match_turns(contest: Contest, key: int) -> int:
    """How long the match with a key lasts."""
    most = NO_LIMIT if contest.turns is None else contest.turns
    return most if contest.continuation == 1 else length(key, powers(contest.continuation), most)


def _side(
    contest: Contest,
    place: int,
    side: int,
    chance: Callable[..., float],
    report: Callable[[int, Exception], None],
) -> Play:
    """Seat an entrant at the row (side 0) or the column (1)."""
    corners = contest.game.corners(side), contest.game.corners(1 - side)
    entrant = contest.entrants[place]
    play = entrant.play(Conditions(corners[0], contest.rounds, chance, corners[1]))
    return _guarded(play, report) if entrant.is_foreign else play


def _play_out(
    first: Play, second: Play, slips: Iterable[tuple[int, bool, bool]], turns: int
) -> tuple[list[Action], list[Action]]:
    """Play on, turn by turn; slips: which hands slip in which turns, counted from 0."""
    row: list[Action] = []
    column: list[Action] = []
    keep_a, keep_b, send_a, send_b = row.append, column.append, first.send, second.send
    a, b = next(first), next(second)
    at = 0
    for turn, slips_a, slips_b in (*slips, (turns - 1, False, False)):
        for _ in range(turn - at):
            keep_a(a)
            keep_b(b)
            a, b = send_a((a, b)), send_b((b, a))
        a, b, at = _OTHER[a] if slips_a else a, _OTHER[b] if slips_b else b, turn
    return [*row, a], [*column, b]


def _slips(contest: Contest, key: int, turns: int) -> Iterable[tuple[int, bool, bool]]:
    if contest.noise == 0:
        return ()
    low, high = halves(word_at(key, NOISE), turns)
    hits = threshold(contest.noise)
    slips_a, slips_b = low < hits, high < hits
    at = (slips_a | slips_b).nonzero()[0]
    return zip(at.tolist(), slips_a[at].tolist(), slips_b[at].tolist(), strict=True)


def _coins(
    contest: Contest, row: int, column: int, key: int, turns: int
) -> tuple[Callable[..., float], Callable[..., float]]:
    """Each side's chance; made at once for all turns if anybody is going to ask."""
    coins = word_at(key, COINS)
    asks = [contest.entrants[place].is_stochastic for place in (row, column)]
    if not any(asks):
        return _chance(coins, 0, ()), _chance(coins, 1, ())
    low, high = halves(coins, turns)
    return _chance(coins, 0, (low * _UNIT).tolist()), _chance(coins, 1, (high * _UNIT).tolist())


def _chance(
    coins: int, side: int, known: "tuple[float, ...] | list[float]"
) -> Callable[..., float]:
    shift = 32 * side

    def draw(turn: int, nth: int = 0) -> float:
        if nth == 0 and turn <= len(known):
            return known[turn - 1]
        return (word_at(coins, turn, nth) >> shift & HALF_WORDS - 1) * _UNIT

    return draw


def _report(faults: list[Fault], match: int, place: int) -> Callable[[int, Exception], None]:
    def report(turn: int, error: Exception) -> None:
        problem = f"{type(error).__name__}: {error}".splitlines()[0]
        faults.append(Fault(match, place, turn, problem))

    return report


def _guarded(play: Play, report: Callable[[int, Exception], None]) -> Play:
    """Pass a stranger's play on while it behaves; from its first fault on it defects."""
    turn = 1
    try:
        action = _checked(next(play))
        while True:
            outcome = yield action
            turn += 1
            action = _checked(play.send(outcome))
    except Exception as error:
        report(turn, error)
    while True:
        yield D


def _checked(action: Action) -> Action:
    if action is C or action is D:
        return action
    raise BadAction(f"{action!r} is no action; give Action.C or Action.D")


def _turned(counts: Counts) -> Counts:
    cc, cd, dc, dd = counts
    return cc, dc, cd, dd
