"""Compiled kernels for matches of table bots; they release the GIL and run on any thread.

Import this module only when needed, because numba loads slowly. The results must agree bit for bit
with `randomness` and `loop`. A pair of machines is one joint table. The random numbers of a turn do
not depend on the state, so they are drawn for 32 turns at once in vectorised loops; a turn is then
one table lookup. Two matches are interleaved, so that the processor can work on one while it waits
for the next state of the other.
"""

import numpy as np
from numba import njit

_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_FACTOR_1 = np.uint64(0xBF58476D1CE4E5B9)
_FACTOR_2 = np.uint64(0x94D049BB133111EB)
_HALF = np.uint64(0xFFFFFFFF)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_NONE, _ONE, _TWO, _THREE = np.uint64(0), np.uint64(1), np.uint64(2), np.uint64(3)
_TOP = np.uint64(63)
_UNIT_53 = 2.0**-53
BLOCK = 32
"""Turns whose random numbers are drawn at once: the pairs of bits in a word of flips."""
_STEPS = np.arange(1, BLOCK + 1).astype(np.uint64) * _GAMMA
_PLACES = np.arange(BLOCK).astype(np.uint64) * _TWO
_FLIPS_APART, _COINS_APART = np.array([64, BLOCK], np.uint64) * _GAMMA

_INDEX_BITS, _LANE_BITS = np.uint64(18), np.uint64(15)
"""A table entry: the index of the next state, and above it three lanes that count CD, DC, DD."""
_MOST_ENTRIES = 1 << 18
_INDEX = np.uint64(_MOST_ENTRIES - 1)
_LANE = np.uint64((1 << 15) - 1)
_FULL = (1 << 15) - 1 - BLOCK
"""Turns after which lanes are emptied, before they can overflow."""


@njit(inline="always")
def _mix(word):
    word = (word ^ (word >> np.uint64(30))) * _FACTOR_1
    word = (word ^ (word >> np.uint64(27))) * _FACTOR_2
    return word ^ (word >> np.uint64(31))


@njit(inline="always")
def word_at(key, turn):
    """Return the word of a key at a turn; see `draws.word_at`."""
    return _mix(key + np.uint64(turn) * _GAMMA)


@njit(inline="always")
def flip_words(key_1, key_2, hits):
    """Return two keys' next words of flips. hits: see `randomness.flip_words`."""
    open_1, open_2, flips_1, flips_2 = _ALL, _ALL, _NONE, _NONE
    if hits >> _TOP:
        return _ALL, _ALL
    rest = hits << _ONE
    while rest != _NONE and (open_1 | open_2) != _NONE:
        key_1 += _GAMMA
        key_2 += _GAMMA
        word_1, word_2 = _mix(key_1), _mix(key_2)
        wanted = _NONE - (rest >> _TOP)
        flips_1 |= open_1 & ~word_1 & wanted
        flips_2 |= open_2 & ~word_2 & wanted
        open_1 &= ~(word_1 ^ wanted)
        open_2 &= ~(word_2 ^ wanted)
        rest <<= _ONE
    return flips_1, flips_2


@njit
def copy(numbers, row):
    """Copy numbers into a row: to assign an array takes the compiler a second or two."""
    for place in range(len(row)):
        row[place] = numbers[place]


@njit
def _length(key, squares, most):
    drawn = np.float64(word_at(word_at(key, 3), 1) >> np.uint64(11)) * _UNIT_53
    turns, reached = 0, 1.0
    for place in range(len(squares) - 1, -1, -1):
        if reached * squares[place] > drawn:
            reached = reached * squares[place]
            turns += 1 << place
    return min(turns + 1, most)


@njit
def _join(a, b, tables, width, table):
    """Write the joint machine of a pair: `width` entries per joint state, one for each code.

    A code is 4 · (rank of the row's coin · faces of the column + rank of the column's) + 2 · (the
    row's action is flipped) + (the column's is); `_draw_flips` and `_draw_coins` write it. The rank
    of a coin is the number of its machine's cuts that it reaches.
    """
    first, size, _, rank, _, cut_count, _, actions, after = tables
    ranks_b = cut_count[b] + 1
    for state_a in range(size[a]):
        for state_b in range(size[b]):
            joint = (state_a * size[b] + state_b) * width
            row, column = first[a] + state_a, first[b] + state_b
            for code in range(width):
                tails_a = np.int64((code >> 2) // ranks_b >= rank[row])
                tails_b = np.int64((code >> 2) % ranks_b >= rank[column])
                done_a = np.int64(actions[row, tails_a]) ^ ((code >> 1) & 1)
                done_b = np.int64(actions[column, tails_b]) ^ (code & 1)
                next_a = np.int64(after[row, 4 * tails_a + 2 * done_a + done_b])
                next_b = np.int64(after[column, 4 * tails_b + 2 * done_b + done_a])
                index = np.uint64((next_a * size[b] + next_b) * width)
                table[joint + code] = (_lane_of(2 * done_a + done_b) << _INDEX_BITS) | index


@njit(inline="always")
def _lane_of(outcome):
    """Return 1 in the lane of an outcome; CC has none, because it is the remaining turns."""
    return _NONE if outcome == 0 else _ONE << (_LANE_BITS * np.uint64(outcome - 1))


@njit(inline="always")
def _empty_lanes(lanes, turns, counts):
    cd = np.int64(lanes & _LANE)
    dc = np.int64((lanes >> _LANE_BITS) & _LANE)
    dd = np.int64(lanes >> (_LANE_BITS + _LANE_BITS))
    counts[0] += turns - cd - dc - dd
    counts[1] += cd
    counts[2] += dc
    counts[3] += dd


@njit(inline="always")
def _draw_flips(codes, flips):
    """Write the flips of the next turns as codes; see `_join`.

    The array gives the length: the compiler unrolls a loop of known length and does not vectorise.
    """
    for turn in range(len(codes)):
        codes[turn] = np.int64((flips >> _PLACES[turn]) & _THREE)


@njit(inline="always")
def _draw_coins(codes, key, cuts_a, cuts_b, low, high):
    """Add the coins of the next turns to the codes. low, high: buffers for half words."""
    for turn in range(len(codes)):
        word = _mix(key + _STEPS[turn])
        low[turn] = np.int64(word & _HALF)
        high[turn] = np.int64(word >> np.uint64(32))
    weight = 4 * (len(cuts_b) + 1)
    for place in range(len(cuts_a)):
        below = cuts_a[place] - 1
        for turn in range(len(codes)):
            codes[turn] += ((below - low[turn]) >> 63) & weight
    for place in range(len(cuts_b)):
        below = cuts_b[place] - 1
        for turn in range(len(codes)):
            codes[turn] += ((below - high[turn]) >> 63) & 4


@njit(inline="always")
def _walk(table, at, lanes, codes, begin, end):
    """Play some turns of a match; return its state and its lanes."""
    for turn in range(begin, end):
        entry = table[at + np.uint64(codes[turn])]
        lanes += entry >> _INDEX_BITS
        at = entry & _INDEX
    return at, lanes


@njit
def _play_two(table, start, cuts, hits, keys, turns, room, counts):
    """Play two matches of the same machines, interleaved. counts: their two rows.

    cuts: of both machines' coins. room: buffers for codes of both matches and for half words.
    """
    cuts_a, cuts_b = cuts
    codes_1, codes_2, low, high = room
    (key_1, key_2), (turns_1, turns_2) = keys, turns
    flips_1, flips_2 = word_at(key_1, 1), word_at(key_2, 1)
    coins_1, coins_2 = word_at(key_1, 2), word_at(key_2, 2)
    at_1, at_2, lanes_1, lanes_2, played_1, played_2 = start, start, _NONE, _NONE, 0, 0
    tosses = len(cuts_a) + len(cuts_b) > 0
    while turns_1 > 0 or turns_2 > 0:
        word_1, word_2 = flip_words(flips_1, flips_2, hits)
        _draw_flips(codes_1, word_1)
        _draw_flips(codes_2, word_2)
        flips_1 += _FLIPS_APART
        flips_2 += _FLIPS_APART
        if tosses:
            _draw_coins(codes_1, coins_1, cuts_a, cuts_b, low, high)
            _draw_coins(codes_2, coins_2, cuts_a, cuts_b, low, high)
            coins_1 += _COINS_APART
            coins_2 += _COINS_APART
        now_1, now_2 = min(turns_1, BLOCK), min(turns_2, BLOCK)
        both = min(now_1, now_2)
        for turn in range(both):
            entry_1 = table[at_1 + np.uint64(codes_1[turn])]
            entry_2 = table[at_2 + np.uint64(codes_2[turn])]
            lanes_1 += entry_1 >> _INDEX_BITS
            lanes_2 += entry_2 >> _INDEX_BITS
            at_1, at_2 = entry_1 & _INDEX, entry_2 & _INDEX
        at_1, lanes_1 = _walk(table, at_1, lanes_1, codes_1, both, now_1)
        at_2, lanes_2 = _walk(table, at_2, lanes_2, codes_2, both, now_2)
        turns_1 -= now_1
        turns_2 -= now_2
        played_1 += now_1
        played_2 += now_2
        if max(played_1, played_2) > _FULL or (turns_1 == 0 and turns_2 == 0):
            _empty_lanes(lanes_1, played_1, counts[0])
            _empty_lanes(lanes_2, played_2, counts[1])
            lanes_1, lanes_2, played_1, played_2 = _NONE, _NONE, 0, 0


@njit
def _play_apart(a, b, tables, turns, hits, key, counts):
    """Play a match with one table per side: slower, but for machines of any size."""
    first, _, start, _, _, _, heads, actions, after = tables
    flip_key, coin_key, flips = word_at(key, 1), word_at(key, 2), _NONE
    state_a, state_b = first[a] + start[a], first[b] + start[b]
    for turn in range(turns):
        if turn % BLOCK == 0:
            flips, _ = flip_words(flip_key, flip_key, hits)
            flip_key += _FLIPS_APART
        coin_key += _GAMMA
        word = _mix(coin_key)
        tails_a = np.int64((word & _HALF) >= heads[state_a])
        tails_b = np.int64((word >> np.uint64(32)) >= heads[state_b])
        done_a = np.int64(actions[state_a, tails_a]) ^ np.int64((flips >> _ONE) & _ONE)
        done_b = np.int64(actions[state_b, tails_b]) ^ np.int64(flips & _ONE)
        flips >>= _TWO
        counts[2 * done_a + done_b] += 1
        state_a = first[a] + np.int64(after[state_a, 4 * tails_a + 2 * done_a + done_b])
        state_b = first[b] + np.int64(after[state_b, 4 * tails_b + 2 * done_b + done_a])


@njit
def _play_joined(a, b, first_match, contest_key, most, squares, hits, tables, width, counts):
    """Play matches with the joint machine, two at a time."""
    _, size, start, _, cuts, cut_count, _, _, _ = tables
    table = np.empty(size[a] * size[b] * width, np.uint64)
    _join(a, b, tables, width, table)
    both_cuts = cuts[a, : cut_count[a]], cuts[b, : cut_count[b]]
    at = np.uint64((start[a] * size[b] + start[b]) * width)
    codes = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64)
    room = (codes[0], codes[1], np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64))
    rows = np.zeros((2, 4), np.int32)
    matches = len(counts)
    for match in range(0, matches, 2):
        key_1 = word_at(contest_key, first_match + match + 1)
        key_2 = word_at(contest_key, first_match + match + 2)
        turns_1 = most if len(squares) == 0 else _length(key_1, squares, most)
        turns_2 = most if len(squares) == 0 else _length(key_2, squares, most)
        turns_2 = turns_2 if match + 1 < matches else 0
        rows[:] = 0
        _play_two(table, at, both_cuts, hits, (key_1, key_2), (turns_1, turns_2), room, rows)
        copy(rows[0], counts[match])
        if match + 1 < matches:
            copy(rows[1], counts[match + 1])


@njit(nogil=True, cache=True)
def play_meeting(a, b, first_match, contest_key, most, squares, hits, expected, tables, counts):
    """Play matches from first_match on, all of machines a (row) against b (column).

    most: the length of a match, or its maximum if squares (see `randomness.powers`) is not empty.
    hits: see `randomness.flip_threshold`. expected: the mean length. tables: the arrays of
    `Tables`, in order. counts: one row of zeros per match; filled with the number of CC, CD, DC
    and DD.
    """
    size, cut_count = tables[1], tables[5]
    tosses = cut_count[a] + cut_count[b] > 0
    if len(squares) == 0 and hits == _NONE and not tosses:
        _play_apart(a, b, tables, most, hits, contest_key, counts[0])
        for match in range(1, len(counts)):
            copy(counts[0], counts[match])
        return
    width = 4 * (cut_count[a] + 1) * (cut_count[b] + 1)
    entries = size[a] * size[b] * width
    if entries <= _MOST_ENTRIES and entries <= len(counts) * expected:
        _play_joined(a, b, first_match, contest_key, most, squares, hits, tables, width, counts)
        return
    for match in range(len(counts)):
        key = word_at(contest_key, first_match + match + 1)
        turns = most if len(squares) == 0 else _length(key, squares, most)
        _play_apart(a, b, tables, turns, hits, key, counts[match])
