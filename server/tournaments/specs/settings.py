"""Settings of a tournament, and how each value is read, from any source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from game_rules.errors import InvalidInput
from game_rules.nearest import nearest

MOST_TURNS = 100_000_000
MOST_REPETITIONS = 10_000_000
MOST_ENTRANTS = 1_000
MOST_GENERATIONS = 100_000
MOST_INHABITANTS = 1_000_000
LONGEST_SEED = 64
_LONGEST_SHOWN = 60


class TournamentKind(StrEnum):
    """The kinds of tournament."""

    ROUND_ROBIN = "round_robin"
    KNOCKOUT = "knockout"
    LEAGUE = "league"
    MORAN = "moran"
    ECOLOGICAL = "ecological"
    SPATIAL = "spatial"
    EVOLVE = "evolve"


MATRIX_KINDS = frozenset({TournamentKind.MORAN, TournamentKind.ECOLOGICAL, TournamentKind.SPATIAL})
"""Kinds of population, which evolve by the payoffs of a round robin."""
DYADIC_KINDS = frozenset(TournamentKind) - {TournamentKind.LEAGUE}
"""Kinds whose matches are games of two."""

HOSTING_KINDS = DYADIC_KINDS - {TournamentKind.EVOLVE}
"""Kinds in which bots of their authors may play."""

Read = Callable[[Any], Any]


class Unfit(InvalidInput):
    """A value that a setting cannot have; the message says what to give instead."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. kinds: the kinds of tournament that have it."""

    read: Read
    kinds: frozenset[TournamentKind]


def whole(lowest: int, highest: int) -> Read:
    """Read a whole number in a range, both ends included."""
    wanted = f"a whole number from {lowest} to {highest}"

    def read(value: Any) -> int:
        if type(value) is not int or not lowest <= value <= highest:
            raise Unfit(f"{shown(value)} does not fit; give {wanted}")
        return value

    return read


def share(*, has_one: bool) -> Read:
    """Read a probability from 0 to 1, with or without 1 itself."""
    wanted = "a chance from 0 to 1" if has_one else "a chance from 0 up to 1, but not 1"

    def read(value: Any) -> float:
        is_number = type(value) in (int, float)
        if not is_number or not 0 <= value <= 1 or (value == 1 and not has_one):
            raise Unfit(f"{shown(value)} does not fit; give {wanted}")
        return float(value)

    return read


def positive(value: Any) -> float:
    """Read a finite number above 0."""
    if type(value) not in (int, float) or not 0 < value < float("inf"):
        raise Unfit(f"{shown(value)} does not fit; give a number above 0")
    return float(value)


def flag(value: Any) -> bool:
    """Read true or false."""
    if type(value) is not bool:
        raise Unfit(f"{shown(value)} does not fit; give true or false")
    return value


def choice(*words: str) -> Read:
    """Read one of a list of words."""

    def read(value: Any) -> str:
        if value not in words:
            raise Unfit(f"{shown(value)} is not known; {nearest(str(value), words)}")
        return str(value)

    return read


def text(value: Any) -> str:
    """Read a text that is not empty."""
    if type(value) is not str or not value.strip():
        raise Unfit(f"{shown(value)} does not fit; give a text")
    return value


def seed(value: Any) -> str:
    """Read a seed: a short text, or a whole number."""
    written = str(value) if type(value) is int else value
    fits = isinstance(written, str) and 1 <= len(written) <= LONGEST_SEED and written.isprintable()
    if not fits:
        raise Unfit(f"{shown(value)} does not fit; give 1 to {LONGEST_SEED} printable letters")
    return written


def names(value: Any) -> tuple[str, ...]:
    """Read names: a list of texts, or one text with commas between."""
    listed = value.split(",") if isinstance(value, str) else value
    if not isinstance(listed, list | tuple) or not all(isinstance(name, str) for name in listed):
        raise Unfit(f"{shown(value)} does not fit; give a list of names")
    found = tuple(name.strip() for name in listed if name.strip())
    if not 1 <= len(found) <= MOST_ENTRANTS:
        raise Unfit(f"{len(found)} names; give 1 to {MOST_ENTRANTS}")
    return found


def sizes(value: Any) -> tuple[int, ...]:
    """Read the size of a graph: one whole number, or two as [50, 50] or "50x50"."""
    parts = value.lower().split("x") if isinstance(value, str) else value
    listed = parts if isinstance(parts, list | tuple) else [parts]
    numbers = [int(n) if isinstance(n, str) and n.strip().isdecimal() else n for n in listed]
    fits = len(numbers) in (1, 2) and all(type(n) is int and n >= 2 for n in numbers)
    count = 1
    for number in numbers if fits else ():
        count *= number
    if not fits or count > MOST_INHABITANTS:
        raise Unfit(
            f"{shown(value)} does not fit; give a number from 2, or two as 50x50, "
            f"of at most {MOST_INHABITANTS} places in all"
        )
    return tuple(numbers)


def shown(value: Any) -> str:
    """Show a value in a message, cut where it is long."""
    written = repr(value)
    return written if len(written) <= _LONGEST_SHOWN else f"{written[: _LONGEST_SHOWN - 3]}..."


_EVERY = frozenset(TournamentKind)
_SPREAD = frozenset({TournamentKind.MORAN, TournamentKind.SPATIAL})

SETTINGS: Mapping[str, Setting] = {
    "kind": Setting(choice(*TournamentKind), _EVERY),
    "game": Setting(text, _EVERY),
    "payoffs": Setting(text, DYADIC_KINDS),
    "entrants": Setting(names, _EVERY),
    "seed": Setting(seed, _EVERY),
    "repetitions": Setting(whole(1, MOST_REPETITIONS), _EVERY - {TournamentKind.EVOLVE}),
    "turns": Setting(whole(1, MOST_TURNS), DYADIC_KINDS),
    "continuation": Setting(share(has_one=False), DYADIC_KINDS),
    "noise": Setting(share(has_one=False), DYADIC_KINDS),
    "self_play": Setting(flag, frozenset({TournamentKind.ROUND_ROBIN})),
    "exact": Setting(flag, frozenset({TournamentKind.ROUND_ROBIN, *MATRIX_KINDS})),
    "generations": Setting(
        whole(1, MOST_GENERATIONS), frozenset({*MATRIX_KINDS, TournamentKind.EVOLVE})
    ),
    "graph": Setting(choice("complete", "ring", "lattice", "lattice_8", "star"), _SPREAD),
    "size": Setting(sizes, _SPREAD),
    "mutation": Setting(
        share(has_one=True), frozenset({TournamentKind.MORAN, TournamentKind.EVOLVE})
    ),
    "selection": Setting(share(has_one=True), frozenset({TournamentKind.MORAN})),
    "update": Setting(choice("birth_death", "death_birth"), frozenset({TournamentKind.MORAN})),
    "runs": Setting(whole(0, 100_000), frozenset({TournamentKind.MORAN})),
    "imitate": Setting(choice("best", "chance"), frozenset({TournamentKind.SPATIAL})),
    "caution": Setting(positive, frozenset({TournamentKind.SPATIAL})),
    "states": Setting(whole(1, 64), frozenset({TournamentKind.EVOLVE})),
    "population": Setting(whole(2, 10_000), frozenset({TournamentKind.EVOLVE})),
    "survivors": Setting(whole(1, 9_999), frozenset({TournamentKind.EVOLVE})),
    "move_time": Setting(positive, HOSTING_KINDS),
    "time_bank": Setting(positive, HOSTING_KINDS),
    "network": Setting(flag, HOSTING_KINDS),
    "meets_own": Setting(flag, frozenset({TournamentKind.EVOLVE})),
}
"""By the key of a file; an option has the same name with hyphens."""
