"""Matches in plain Python: any strategy against any other, turn by turn.

The results are the same bits as those of the kernels, and the actions are kept. `replay` plays a
match of a contest again from its number.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from game_rules.contests.contest import Contest
from game_rules.contests.randomness import (
    COINS,
    HALF_WORDS,
    Flips,
    half_words,
    length,
    match_keys,
    noise_flips,
    powers,
)
from game_rules.errors import InvalidInput
from game_rules.games.corners import Corners
from game_rules.games.stage_games import Action, C, D
from game_rules.strategies import Conditions, Play
from game_rules.strategies.kit.draws import word_at

OutcomeCounts = tuple[int, int, int, int]
"""The number of CC, CD, DC and DD, from the row's side."""
NO_LIMIT = 2**62
_OTHER = {C: D, D: C}
_UNIT = 1.0 / HALF_WORDS


class BadAction(InvalidInput):
    """A strategy returned something that is not an action."""


class Forfeited(InvalidInput):
    """A foreign strategy's own account of why it cannot play on; told word for word."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A strategy raised or returned no action: it forfeits and plays D from that turn on."""

    match: int
    place: int
    turn: int
    problem: str


@dataclass(frozen=True, slots=True)
class PlayedMatch:
    """One match of a contest, with every action. row, column: indices of its entrants."""

    match: int
    row: int
    column: int
    repetition: int
    actions_row: str
    actions_column: str
    faults: tuple[Fault, ...]

    @property
    def counts(self) -> OutcomeCounts:
        """The number of CC, CD, DC and DD."""
        # C and D are 0x43 and 0x44: the third bit distinguishes them, for all turns at once.
        row, column = (
            int.from_bytes(actions.encode(), "big") & int.from_bytes(b"\4" * len(actions), "big")
            for actions in (self.actions_row, self.actions_column)
        )
        dd = (row & column).bit_count()
        cd, dc = column.bit_count() - dd, row.bit_count() - dd
        return len(self.actions_row) - cd - dc - dd, cd, dc, dd

    def scores(self, contest: Contest) -> tuple[float, float]:
        """Return the total points of both sides."""
        return total(self.counts, contest.game.row), total(
            _turned(self.counts), contest.game.column
        )


def total(counts: OutcomeCounts, corners: Corners) -> float:
    """Return one side's total points. counts: from its own side."""
    cc, cd, dc, dd = counts
    return cc * corners.R + cd * corners.S + dc * corners.T + dd * corners.P


def replay(contest: Contest, match: int) -> PlayedMatch:
    """Play one match of a contest, the same every time; matches count from 0.

    Raises InvalidInput if there is no such match.
    """
    if not 0 <= match < contest.match_count:
        raise InvalidInput(f"match {match}; they go from 0 to {contest.match_count - 1}")
    return next(replay_all(contest, range(match, match + 1)))


def replay_all(contest: Contest, matches: range) -> Iterator[PlayedMatch]:
    """Play matches of a contest one after another; their noise is drawn at once."""
    keys = match_keys(contest.key, matches)
    turns = [match_turns(contest, key) for key in keys]
    drawn = noise_flips(keys, turns, contest.noise)
    for match, key, lasts, flips in zip(matches, keys, turns, drawn, strict=True):
        yield _play_match(contest, match, key, lasts, flips)


def _play_match(contest: Contest, match: int, key: int, turns: int, flips: Flips) -> PlayedMatch:
    row, column = contest.seats_of(match)
    faults: list[Fault] = []
    coins_a, coins_b = _coins(contest, row, column, key, turns)
    first = _side(contest, row, 0, coins_a, match, faults)
    second = _side(contest, column, 1, coins_b, match, faults)
    actions = _play_out(first, second, flips, turns)
    return PlayedMatch(
        match=match,
        row=row,
        column=column,
        repetition=contest.repetition_of(match),
        actions_row="".join(actions[::2]),
        actions_column="".join(actions[1::2]),
        faults=tuple(faults),
    )


def match_turns(contest: Contest, key: int) -> int:
    """Return the length of the match with a key, in turns."""
    most = NO_LIMIT if contest.turns is None else contest.turns
    return most if contest.continuation == 1 else length(key, powers(contest.continuation), most)


def _side(
    contest: Contest,
    place: int,
    side: int,
    chance: Callable[..., float],
    match: int,
    faults: list[Fault],
) -> Play:
    """Start an entrant as the row (side 0) or the column (1); guard it if it is foreign code."""
    game, entrant = contest.game, contest.entrants[place]
    own, theirs = (game.column, game.row) if side else (game.row, game.column)
    shadow = contest.continuation, contest.noise
    play = entrant.play(Conditions(own, contest.rounds, chance, theirs, *shadow))
    return _guarded(play, _report(faults, match, place)) if entrant.is_foreign else play


def _play_out(first: Play, second: Play, flips: Flips, turns: int) -> list[Action]:
    """Play all turns; return the actions, row and column alternating."""
    send_a, send_b = first.send, second.send
    a, b = next(first), next(second)
    actions = [a] * (2 * turns)
    at = 0
    for turn, flips_a, flips_b in (*flips, (turns - 1, False, False)):
        for place in range(2 * at, 2 * turn, 2):
            actions[place] = a
            actions[place + 1] = b
            a, b = send_a((a, b)), send_b((b, a))
        a, b, at = _OTHER[a] if flips_a else a, _OTHER[b] if flips_b else b, turn
    actions[-2:] = a, b
    return actions


def _coins(
    contest: Contest, row: int, column: int, key: int, turns: int
) -> tuple[Callable[..., float], Callable[..., float]]:
    """Return each side's random numbers, drawn for all turns at once if a side is stochastic."""
    entrants = contest.entrants
    if not (entrants[row].is_stochastic or entrants[column].is_stochastic):
        return _chance(key, 0, ()), _chance(key, 1, ())
    low, high = half_words(word_at(key, COINS), turns)
    return _chance(key, 0, (low * _UNIT).tolist()), _chance(key, 1, (high * _UNIT).tolist())


def _chance(key: int, side: int, known: Sequence[float]) -> Callable[..., float]:
    """Return one side's random numbers in a match. known: its first number of each turn."""

    def draw(turn: int, nth: int = 0) -> float:
        if nth == 0 and turn <= len(known):
            return known[turn - 1]
        coin = word_at(word_at(key, COINS), turn, nth)
        return (coin >> 32 * side & HALF_WORDS - 1) * _UNIT

    return draw


def _report(faults: list[Fault], match: int, place: int) -> Callable[[int, BaseException], None]:
    def report(turn: int, error: BaseException) -> None:
        is_told = isinstance(error, Forfeited)
        problem = (str(error) if is_told else f"{type(error).__name__}: {error}").splitlines()[0]
        faults.append(Fault(match, place, turn, problem))

    return report


def _guarded(play: Play, report: Callable[[int, BaseException], None]) -> Play:
    """Run foreign code while it returns actions; from its first fault on it defects."""
    turn = 1
    try:
        action = next(play)
        while action is C or action is D:
            outcome = yield action
            turn += 1
            action = play.send(outcome)
        report(turn, BadAction(f"{action!r} is no action; give Action.C or Action.D"))
    except (Exception, SystemExit) as error:  # an exit ends the strategy, not the contest
        report(turn, error)
    while True:
        yield D


def _turned(counts: OutcomeCounts) -> OutcomeCounts:
    cc, cd, dc, dd = counts
    return cc, dc, cd, dd
