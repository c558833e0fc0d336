"""Matches of table bots by the million: compiled, outside Python's lock, on any thread.

Import this module only when it is needed: numba takes a while. What it computes must agree bit for
bit with `luck` and `loop`. Turns of two matches are interleaved, so that the processor need not
wait for the next state of one before it works on the other.
"""

import numpy as np
from numba import njit

_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_FACTOR_1 = np.uint64(0xBF58476D1CE4E5B9)
_FACTOR_2 = np.uint64(0x94D049BB133111EB)
_HALF = np.uint64(0xFFFFFFFF)
_LANE = np.uint64(0xFFFF)
_ONE = np.uint64(1)
_UNIT_53 = 2.0**-53
_BLOCK = 65_535
"""Outcomes are counted in four lanes of 16 bits, which are emptied before they can run over."""
_MOST_JOINT = 1 << 14
"""Larger pairs are played with two tables: a joint one would not fit the processor's cache."""


@njit(inline="always")
def _mix(word):
    word = (word ^ (word >> np.uint64(30))) * _FACTOR_1
    word = (word ^ (word >> np.uint64(27))) * _FACTOR_2
    return word ^ (word >> np.uint64(31))


@njit(inline="always")
def word_at(key, turn):
    """Give the word that a key has at a turn; see `draws.word_at`."""
    return _mix(key + np.uint64(turn) * _GAMMA)


@njit(inline="always")
def _slips(word, noise):
    """Which hands slip: 2 for the row's, 1 for the column's, 3 for both."""
    return np.int64((word & _HALF) < noise) * 2 + np.int64((word >> np.uint64(32)) < noise)


@njit(inline="always")
def _tails(word, heads_a, heads_b):
    """Which coins show tails: 8 for the row's, 4 for the column's, 12 for both."""
    return (
        np.int64((word & _HALF) >= heads_a) * 8 + np.int64((word >> np.uint64(32)) >= heads_b) * 4
    )


@njit(inline="always")
def _empty_lanes(lanes, counts):
    for outcome in range(4):
        counts[outcome] += np.int64((lanes >> np.uint64(16 * outcome)) & _LANE)


@njit
def _length(key, squares, most):
    luck = np.float64(word_at(word_at(key, 3), 1) >> np.uint64(11)) * _UNIT_53
    turns, reached = 0, 1.0
    for place in range(len(squares) - 1, -1, -1):
        if reached * squares[place] > luck:
            reached = reached * squares[place]
            turns += 1 << place
    return min(turns + 1, most)


@njit
def _join(a, b, first, size, actions, after, table):
    """Write the joint machine of a pair: 16 entries a state, each (next entry) * 4 + outcome.

    The entry of a state is chosen by 8 for the row's tails, 4 for the column's, 2 for the row's
    slip, 1 for the column's; outcomes are CC, CD, DC, DD from the row's side.
    """
    for state_a in range(size[a]):
        for state_b in range(size[b]):
            joint = (state_a * size[b] + state_b) * 16
            row, column = first[a] + state_a, first[b] + state_b
            for luck in range(16):
                tails_a, tails_b = luck >> 3, (luck >> 2) & 1
                done_a = np.int64(actions[row, tails_a]) ^ ((luck >> 1) & 1)
                done_b = np.int64(actions[column, tails_b]) ^ (luck & 1)
                next_a = np.int64(after[row, 4 * tails_a + 2 * done_a + done_b])
                next_b = np.int64(after[column, 4 * tails_b + 2 * done_b + done_a])
                entry = (next_a * size[b] + next_b) * 16
                table[joint + luck] = (entry << 2) | (2 * done_a + done_b)


@njit
def _play_two(table, start, turns, noise, key_1, key_2, counts_1, counts_2):
    """Play two matches of the same machines without coins, turn about."""
    at_1, at_2, left = start, start, turns
    while left > 0:
        block = min(left, _BLOCK)
        left -= block
        lanes_1, lanes_2 = np.uint64(0), np.uint64(0)
        for _ in range(block):
            key_1 += _GAMMA
            key_2 += _GAMMA
            entry_1 = table[at_1 + _slips(_mix(key_1), noise)]
            entry_2 = table[at_2 + _slips(_mix(key_2), noise)]
            lanes_1 += _ONE << np.uint64((entry_1 & 3) * 16)
            lanes_2 += _ONE << np.uint64((entry_2 & 3) * 16)
            at_1, at_2 = entry_1 >> 2, entry_2 >> 2
        _empty_lanes(lanes_1, counts_1)
        _empty_lanes(lanes_2, counts_2)


@njit
def _toss_two(
    table, heads_a, heads_b, start, turns, noise, key_1, key_2, coins_1, coins_2, counts_1, counts_2
):
    """Play two matches of the same machines with coins, turn about."""
    at_1, at_2, left = start, start, turns
    while left > 0:
        block = min(left, _BLOCK)
        left -= block
        lanes_1, lanes_2 = np.uint64(0), np.uint64(0)
        for _ in range(block):
            key_1 += _GAMMA
            key_2 += _GAMMA
            coins_1 += _GAMMA
            coins_2 += _GAMMA
            luck_1 = _tails(_mix(coins_1), heads_a[at_1 >> 4], heads_b[at_1 >> 4])
            luck_2 = _tails(_mix(coins_2), heads_a[at_2 >> 4], heads_b[at_2 >> 4])
            entry_1 = table[at_1 + luck_1 + _slips(_mix(key_1), noise)]
            entry_2 = table[at_2 + luck_2 + _slips(_mix(key_2), noise)]
            lanes_1 += _ONE << np.uint64((entry_1 & 3) * 16)
            lanes_2 += _ONE << np.uint64((entry_2 & 3) * 16)
            at_1, at_2 = entry_1 >> 2, entry_2 >> 2
        _empty_lanes(lanes_1, counts_1)
        _empty_lanes(lanes_2, counts_2)


@njit
def _play_apart(a, b, first, start, heads, actions, after, turns, noise, key, counts):
    """Play a match with a table a side: slower, but any size will do."""
    noise_key, coin_key = word_at(key, 1), word_at(key, 2)
    state_a, state_b = first[a] + start[a], first[b] + start[b]
    for _ in range(turns):
        noise_key += _GAMMA
        coin_key += _GAMMA
        luck = _tails(_mix(coin_key), heads[state_a], heads[state_b])
        tails_a, tails_b = luck >> 3, (luck >> 2) & 1
        slips = _slips(_mix(noise_key), noise)
        done_a = np.int64(actions[state_a, tails_a]) ^ (slips >> 1)
        done_b = np.int64(actions[state_b, tails_b]) ^ (slips & 1)
        counts[2 * done_a + done_b] += 1
        state_a = first[a] + np.int64(after[state_a, 4 * tails_a + 2 * done_a + done_b])
        state_b = first[b] + np.int64(after[state_b, 4 * tails_b + 2 * done_b + done_a])


@njit
def _play_joined(
    a,
    b,
    first_match,
    matches,
    contest_key,
    turns,
    noise,
    first,
    size,
    start,
    has_coins,
    heads,
    actions,
    after,
    counts,
):
    """Play an even number of matches of fixed length by the joint machine."""
    joint = size[a] * size[b]
    table = np.empty(joint * 16, np.int64)
    _join(a, b, first, size, actions, after, table)
    heads_a, heads_b = np.empty(joint, np.uint64), np.empty(joint, np.uint64)
    for state in range(joint):
        heads_a[state] = heads[first[a] + state // size[b]]
        heads_b[state] = heads[first[b] + state % size[b]]
    at = (start[a] * size[b] + start[b]) * 16
    tosses = has_coins[a] or has_coins[b]
    for match in range(0, matches, 2):
        key_1 = word_at(contest_key, first_match + match + 1)
        key_2 = word_at(contest_key, first_match + match + 2)
        noise_1, noise_2 = word_at(key_1, 1), word_at(key_2, 1)
        if tosses:
            _toss_two(
                table,
                heads_a,
                heads_b,
                at,
                turns,
                noise,
                noise_1,
                noise_2,
                word_at(key_1, 2),
                word_at(key_2, 2),
                counts[match],
                counts[match + 1],
            )
        else:
            _play_two(table, at, turns, noise, noise_1, noise_2, counts[match], counts[match + 1])


@njit(nogil=True, cache=True)
def play_meeting(
    a,
    b,
    first_match,
    matches,
    contest_key,
    turns,
    squares,
    noise,
    first,
    size,
    start,
    has_coins,
    heads,
    actions,
    after,
    counts,
):
    """Play matches from first_match on, all of machines a (row) against b (column).

    turns: how many a match has, or the most it may have where squares (see `luck.powers`) is not
    empty. noise: halves that make a hand slip. The arrays from first to after: see `Tables`.
    counts: a row a match, zeros; filled with how often CC, CD, DC and DD came out.
    """
    is_fixed = len(squares) == 0
    is_same = is_fixed and noise == 0 and not (has_coins[a] or has_coins[b])
    joint = size[a] * size[b]
    done = 0
    if is_fixed and not is_same and joint <= _MOST_JOINT and joint * 16 <= matches * turns:
        done = matches - matches % 2
        _play_joined(
            a,
            b,
            first_match,
            done,
            contest_key,
            turns,
            noise,
            first,
            size,
            start,
            has_coins,
            heads,
            actions,
            after,
            counts,
        )
    for match in range(done, matches):
        if is_same and match > 0:
            counts[match] = counts[0]
            continue
        key = word_at(contest_key, first_match + match + 1)
        most = turns if is_fixed else _length(key, squares, turns)
        _play_apart(a, b, first, start, heads, actions, after, most, noise, key, counts[match])


@njit(nogil=True, cache=True)
def follow_chain(heads_a, acts_a, after_a, heads_b, acts_b, after_b, start, noise, turns):
    """Give the chances of CC, CD, DC and DD, by turn, of two machines' joint chain.

    The arrays are those of `exact`: by state, the chances of both faces, the actions on both, and
    the eight next states. start: the first joint state. noise: the chance that a hand slips.
    """
    columns = len(heads_b)
    where, after = np.zeros(len(heads_a) * columns), np.zeros(len(heads_a) * columns)
    by_turn = np.zeros((turns, 4))
    where[start] = 1.0
    for turn in range(turns):
        after[:] = 0.0
        for state in range(len(where)):
            if where[state] > 0.0:
                _spread(
                    state,
                    where[state],
                    heads_a,
                    acts_a,
                    after_a,
                    heads_b,
                    acts_b,
                    after_b,
                    columns,
                    noise,
                    after,
                    by_turn[turn],
                )
        where, after = after, where
    return by_turn


@njit
def _spread(
    state,
    weight,
    heads_a,
    acts_a,
    after_a,
    heads_b,
    acts_b,
    after_b,
    columns,
    noise,
    after,
    outcomes,
):
    """Carry the weight of a joint state to where it may go in one turn."""
    a, b = state // columns, state % columns
    for luck in range(16):
        face_a, face_b, slip_a, slip_b = luck >> 3, luck >> 2 & 1, luck >> 1 & 1, luck & 1
        chance = weight * heads_a[a, face_a] * heads_b[b, face_b]
        chance *= (noise if slip_a else 1 - noise) * (noise if slip_b else 1 - noise)
        if chance == 0.0:
            continue
        done_a, done_b = acts_a[a, face_a] ^ slip_a, acts_b[b, face_b] ^ slip_b
        next_a = after_a[a, 4 * face_a + 2 * done_a + done_b]
        next_b = after_b[b, 4 * face_b + 2 * done_b + done_a]
        after[next_a * columns + next_b] += chance
        outcomes[2 * done_a + done_b] += chance
