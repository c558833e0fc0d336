"""The loop in Python and the compiled kernel play the same, turn by turn, whatever the cut."""

import json
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game_rules.contests import chunks, randomness
from game_rules.contests.chunks import Chunk, play_chunk, split
from game_rules.contests.contest import Contest
from game_rules.contests.kernels import flip_words as compiled_flip_words
from game_rules.contests.kernels import word_at as compiled_word_at
from game_rules.contests.loop import replay
from game_rules.contests.results import merge, play
from game_rules.errors import InvalidInput
from game_rules.games.stage_games import Action, C
from game_rules.strategies import strategies
from game_rules.strategies.kit.draws import GAMMA, draw, word_at
from game_rules.strategies.own import own_strategy
from tests.game_rules.contests.fakes import DILEMMA, LOPSIDED, contest

TABLES = [bot.name for bot in strategies() if bot.table is not None]
MIXED = ("tit_for_tat", "gtft", "gradual", "random", "first_by_tullock", "michaelos")
AXELROD = json.loads(Path(__file__).with_name("axelrod_tournament.json").read_text())


def counted(played: Contest, *, in_python: bool, monkeypatch) -> np.ndarray:
    """How often each outcome came out, match by match, in one engine or the other."""
    monkeypatch.setattr(chunks, "_FEW_TURNS", 10**18 if in_python else 0)
    return play(played).counts


@pytest.mark.parametrize(
    "played",
    [
        {"turns": 23, "noise": 0.05, "repetitions": 3},
        {"turns": 40},
        {"turns": None, "continuation": 0.93, "noise": 0.02, "repetitions": 2},
        {"turns": 9, "continuation": 0.9, "repetitions": 2},
        {"turns": 5, "noise": 1.0, "repetitions": 2},
        {"turns": None, "continuation": 0.0},
    ],
    ids=str,
)
def test_both_lanes_play_alike(played, monkeypatch):
    names = TABLES[::3]
    engines = [
        counted(contest(*names, seed="lanes", **played), in_python=engine, monkeypatch=monkeypatch)
        for engine in (True, False)
    ]
    assert np.array_equal(engines[0], engines[1])


@pytest.mark.slow
def test_both_lanes_play_every_pair_of_tables_alike(monkeypatch):
    played = contest(*TABLES, turns=60, noise=0.03, repetitions=3, seed="all")
    engines = [
        counted(played, in_python=engine, monkeypatch=monkeypatch) for engine in (True, False)
    ]
    assert np.array_equal(engines[0], engines[1])


def test_both_lanes_play_an_asymmetric_game_alike(monkeypatch):
    played = contest("gtft", "zd_extort_2", "tit_for_tat", game=LOPSIDED, noise=0.1, repetitions=9)
    engines = [
        counted(played, in_python=engine, monkeypatch=monkeypatch) for engine in (True, False)
    ]
    assert np.array_equal(engines[0], engines[1])


@pytest.mark.parametrize("names", [("tit_for_tat", "prober"), ("zd_extort_2", "gtft", "random")])
def test_both_lanes_play_many_matches_of_unlike_lengths_alike(names, monkeypatch):
    """Long enough that a pair is one table, and two matches end at different turns."""
    luck_of = {"turns": 150, "continuation": 0.98, "noise": 0.03, "repetitions": 201}
    played = contest(*names, seed="unlike", **luck_of)
    engines = [
        counted(played, in_python=engine, monkeypatch=monkeypatch) for engine in (True, False)
    ]
    assert np.array_equal(engines[0], engines[1])
    assert len(set(engines[0].sum(axis=1).tolist())) > 50


def test_long_matches_run_over_no_counter(monkeypatch):
    monkeypatch.setattr(chunks, "_FEW_TURNS", 0)
    played = contest("cooperator", "random", turns=200_001, noise=0.001, repetitions=2)
    counts = play(played).counts
    assert (counts.sum(axis=1) == 200_001).all()
    assert counts[0, 0] > 65_535


@pytest.mark.parametrize("name", ["tit_for_tat", "gtft"])
def test_pairs_of_matches_and_single_ones_play_alike(name, monkeypatch):
    """An odd one out is played alone; more repetitions do not change the first ones."""
    monkeypatch.setattr(chunks, "_FEW_TURNS", 0)
    many, few = (
        play(contest(name, turns=100, noise=0.05, repetitions=times)).counts for times in (9, 4)
    )
    assert np.array_equal(many[:4], few)


def test_a_match_opened_again_is_the_match_that_was_played():
    played = contest(*MIXED, noise=0.05, repetitions=2, turns=30, seed="again")
    results = play(played)
    for match in range(played.match_count):
        assert replay(played, match).counts == tuple(results.counts[match])


def test_there_is_no_match_beyond_the_last():
    with pytest.raises(InvalidInput, match="match 1; they go from 0 to 0"):
        replay(contest("cooperator"), 1)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_however_a_contest_is_cut_it_comes_out_the_same(data):
    played = contest(*MIXED, noise=0.1, repetitions=3, turns=12)
    whole = play(played).counts
    edges = data.draw(st.sets(st.integers(1, played.match_count - 1)))
    cuts = [0, *sorted(edges), played.match_count]
    pieces = [
        play_chunk(played, Chunk(number, first, last)).counts
        for number, (first, last) in enumerate(pairwise(cuts))
    ]
    assert np.array_equal(np.concatenate(pieces), whole)


def test_chunks_cover_every_match_once(monkeypatch):
    monkeypatch.setattr(chunks, "CHUNK_TURNS", {"table": 900, "python": 100})
    played = contest(*MIXED, repetitions=50)
    cut = split(played)
    assert len(cut) > 20
    assert [chunk.number for chunk in cut] == list(range(len(cut)))
    assert [chunk.first for chunk in cut[1:]] == [chunk.last for chunk in cut[:-1]]
    assert (cut[0].first, cut[-1].last) == (0, played.match_count)
    assert cut == split(played)


@pytest.mark.slow
def test_threads_and_processes_come_to_the_same(monkeypatch):
    monkeypatch.setattr(chunks, "CHUNK_TURNS", {"table": 20_000, "python": 2_000})
    played = contest(*MIXED, noise=0.05, repetitions=40, turns=40)
    alone, cut = play(played).counts, split(played)
    with ThreadPoolExecutor(3) as threads:
        by_threads = merge(played, threads.map(play_chunk, [played] * len(cut), cut))
    with ProcessPoolExecutor(2, get_context("spawn")) as processes:
        by_processes = merge(played, processes.map(play_chunk, [played] * len(cut), cut))
    assert np.array_equal(by_threads.counts, alone)
    assert np.array_equal(by_processes.counts, alone)


def test_a_missing_chunk_is_noticed(monkeypatch):
    monkeypatch.setattr(chunks, "CHUNK_TURNS", {"table": 20, "python": 20})
    played = contest("tit_for_tat", "random")
    done = [play_chunk(played, chunk) for chunk in split(played)]
    assert np.array_equal(merge(played, reversed(done)).counts, play(played).counts)
    with pytest.raises(InvalidInput, match="chunks"):
        merge(played, done[1:])


def test_another_seed_is_other_luck():
    one, two = (play(contest("random", turns=60, seed=seed)).counts for seed in ("1", "2"))
    assert not np.array_equal(one, two)


def test_the_literatures_example_match():
    """Tit for tat against alternator, five turns: 13 to 13."""
    played = contest("tit_for_tat", "alternator", turns=5)
    match = replay(played, 1)
    assert (match.actions_row, match.actions_column) == ("CCDCD", "CDCDC")
    assert match.scores(played) == (13, 13)


def test_a_round_robin_scores_as_axelrod_python_scores_it():
    """All deterministic strategies against each other; made by tests/tools/axelrod_golden.py."""
    played = contest(*AXELROD["names"], turns=AXELROD["turns"])
    scores = play(played).payoff_matrix * AXELROD["turns"]
    assert np.allclose(scores, AXELROD["scores"], atol=1e-9)


def test_noise_flips_as_many_actions_as_it_says():
    results = play(contest("cooperator", turns=2000, noise=0.1, repetitions=50))
    assert results.cooperation_matrix[0, 0] == pytest.approx(0.9, abs=0.003)


def test_matches_last_as_long_as_chance_says():
    played = contest("cooperator", turns=None, continuation=0.9, repetitions=20_000)
    turns = play(played).turns
    assert turns.mean() == pytest.approx(10, abs=0.2)
    assert (turns == 1).mean() == pytest.approx(0.1, abs=0.01)
    assert (turns > 20).mean() == pytest.approx(0.9**20, abs=0.01)


@given(st.integers(0, 2**64 - 1), st.integers(1, 2**40))
def test_words_are_the_same_compiled(key, turn):
    assert int(compiled_word_at(np.uint64(key), np.uint64(turn))) == word_at(key, turn)


@given(st.integers(0, 2**64 - 1))
def test_half_words_are_those_of_the_whole(key):
    low, high = randomness.half_words(key, 5)
    for turn in range(5):
        word = word_at(key, turn + 1)
        assert (int(low[turn]), int(high[turn])) == (word % 2**32, word >> 32)


def flips_by_digits(key: int, chance: float) -> int:
    """One word of slips, by comparing each bit's own number with the chance, digit by digit."""
    digits = [word_at(key, digit + 1) for digit in range(randomness.FLIP_BITS)]
    numbers = [
        sum((digit >> bit & 1) << 62 - place for place, digit in enumerate(digits))
        for bit in range(64)
    ]
    return sum((number < chance * 2**63) << bit for bit, number in enumerate(numbers))


@given(st.integers(0, 2**64 - 1), st.floats(0.0, 1.0))
def test_a_hand_slips_where_its_number_is_below_the_chance(key, chance):
    hits = randomness.flip_threshold(chance)
    expected = flips_by_digits(key, chance)
    assert randomness.flip_words(np.array([key], np.uint64), hits).tolist() == [expected]
    assert compiled_flip_words(np.uint64(key), np.uint64(0), np.uint64(hits))[0] == expected


@pytest.mark.slow
@given(st.data())
def test_flips_listed_together_are_those_of_each_match(data):
    lengths = data.draw(st.lists(st.integers(1, 100), min_size=1, max_size=5))
    keys = [data.draw(st.integers(0, 2**64 - 1)) for _ in lengths]
    chance = data.draw(st.sampled_from([0.0, 0.01, 0.3, 1.0]))
    together = randomness.noise_flips(keys, lengths, chance)
    for key, turns, listed in zip(keys, lengths, together, strict=True):
        begin = word_at(key, randomness.NOISE)
        words = [
            flips_by_digits((begin + 64 * block * GAMMA) % 2**64, chance) for block in range(4)
        ]
        bits = [words[turn // 32] >> 2 * (turn % 32) & 3 for turn in range(turns)]
        expected = [(turn, hands >= 2, hands % 2 == 1) for turn, hands in enumerate(bits) if hands]
        assert list(listed) == expected


def test_both_hands_slip_as_often_as_chance_says_and_not_together():
    listed = randomness.noise_flips([word_at(3, match) for match in range(400)], [1000] * 400, 0.1)
    hands = np.array([(row, column) for match in listed for _, row, column in match], int)
    row, column = hands.sum(axis=0) / 400_000
    assert (row, column) == (pytest.approx(0.1, abs=0.002), pytest.approx(0.1, abs=0.002))
    assert hands.prod(axis=1).sum() / 400_000 == pytest.approx(0.01, abs=0.0007)


@given(st.integers(0, 2**64 - 1), st.floats(0.0, 0.999))
def test_a_length_is_the_one_its_number_says(key, continuation):
    """The longest n with continuation^(n − 1) > luck, up to rounding at the edge."""
    number = draw(word_at(key, randomness.LENGTH), 1)
    turns = randomness.length(key, randomness.powers(continuation), 10**9)
    assert turns == 1 or continuation ** (turns - 1) >= number * (1 - 1e-9)
    assert continuation**turns <= number * (1 + 1e-9) + 1e-15


class Raiser:
    """A bot that plays twice and then raises."""

    def choose(self, view):
        if view.round > 2:
            raise ValueError("lost\nthe thread")
        return C


class Mumbler:
    """A bot that gives no action."""

    def choose(self, view):
        return "maybe"


class Sleeper:
    """A bot that cannot even be made."""

    def __init__(self):
        raise OSError("no bed")

    def choose(self, view):
        return C


class Quitter:
    """A bot that means to end the program."""

    def choose(self, view):
        sys.exit("I have had enough")


@pytest.mark.parametrize(
    ("kind", "actions", "turn", "problem"),
    [
        (Quitter, "D" * 10, 1, "SystemExit: I have had enough"),
        (Raiser, "CCDDDDDDDD", 3, "ValueError: lost"),
        (Mumbler, "D" * 10, 1, "BadAction: 'maybe' is no action"),
        (Sleeper, "D" * 10, 1, "OSError: no bed"),
    ],
)
def test_a_bot_that_fails_defects_from_then_on_and_the_contest_goes_on(
    kind, actions, turn, problem
):
    entrants = (own_strategy("own", kind), *contest("tit_for_tat").entrants)
    played = Contest(DILEMMA, entrants, turns=10)
    match = replay(played, 1)
    assert match.actions_row == actions
    assert [(fault.match, fault.place, fault.turn) for fault in match.faults] == [(1, 0, turn)]
    assert match.faults[0].problem.startswith(problem)
    assert len(play(played).faults) == 3


class Mirror:
    """A bot that looks at everything it is shown and copies the other."""

    def choose(self, view) -> Action:
        other = view.members[0]
        assert view.own == tuple(view.own)
        assert len(view.payoffs) == len(other.payoffs) == view.round - 1
        assert 0 <= view.chance("any") < 1
        return other.actions[-1] if other.actions else C


def test_a_bot_of_ones_own_plays_like_the_built_in_one():
    entrants = contest("tit_for_tat", "random", "gradual").entrants
    mine = Contest(DILEMMA, (own_strategy("mirror", Mirror), *entrants[1:]), turns=50, noise=0.1)
    theirs = Contest(DILEMMA, entrants, turns=50, noise=0.1)
    for match in range(mine.match_count):
        ours, built_in = replay(mine, match), replay(theirs, match)
        assert ours.actions_row == built_in.actions_row
        assert not ours.faults


def test_a_bot_may_draw_more_than_once_a_turn():
    drawn = []

    class Gambler:
        def choose(self, view) -> Action:
            drawn.append(tuple(view.draw(view.turn, nth) for nth in range(3)))
            return C

    replay(Contest(DILEMMA, (own_strategy("g", Gambler),), turns=4), 0)
    assert len({number for turn in drawn for number in turn}) == 24
    assert all(0 <= number < 1 for turn in drawn for number in turn)


def test_own_payoffs_are_shown_to_a_bot():
    seen = []

    class Watcher:
        def choose(self, view) -> Action:
            seen.append((view.payoffs, view.members[0].payoffs))
            return C

    replay(
        Contest(LOPSIDED, (own_strategy("w", Watcher), *contest("defector").entrants), turns=3),
        1,
    )
    assert seen[-1] == ((0, 0), (2, 2))
