"""What a round changed of the standing: its new entries, so that large rooms stay light."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from game_rules.memory import SHARED
from game_rules.roles import Seat
from game_rules.standing.integration import Integration
from game_rules.standing.standing import BLANK, RivalPair, Standing, TrustCounts
from game_rules.swift import swift

K = TypeVar("K", bound=str)
F = TypeVar("F")

Rows = Mapping[Seat, Mapping[Seat, F]]


class Keeps(StrEnum):
    """What stays of the standing before. all: whatever is not named here.

    own: of trust and affinity only the rows that are named. impressions: the same, and of the rest
    institutions alone. nothing: the change is everything there is.
    """

    ALL = "all"
    OWN = "own"
    IMPRESSIONS = "impressions"
    NOTHING = "nothing"


@swift
@dataclass(frozen=True, slots=True)
class StandingChange:
    """The entries of a standing that a round changed; see `Standing` for what they are.

    produced and what follows it are whole, as after the round.
    """

    rounds: int
    faith: Mapping[Seat, Mapping[Seat, TrustCounts]]
    affinity: Mapping[Seat, Mapping[Seat, float]]
    dependency: Mapping[Seat, Mapping[Seat, float]]
    rivals: tuple[RivalPair, ...] = field(metadata=SHARED)
    institutions: Mapping[str, float] = field(metadata=SHARED)
    norms: Mapping[str, float] = field(metadata=SHARED)
    produced: Mapping[str, float] = field(metadata=SHARED)
    calm_rounds: int
    fragmented_rounds: int
    integration: Integration | None = field(metadata=SHARED)
    keeps: Keeps = Keeps.ALL


def difference(before: Standing, after: Standing) -> StandingChange:
    """Return what leads from one standing to the next; everything, where something is gone."""
    if _holds(after.faith, before.faith) and _holds(after.dependency, before.dependency):
        return growth(before, after)
    return growth(BLANK, after, Keeps.NOTHING)


def growth(before: Standing, after: Standing, keeps: Keeps = Keeps.ALL) -> StandingChange:
    """Return what leads from one standing to the next, where nothing of the first is gone."""
    return StandingChange(
        rounds=after.rounds,
        faith=_new_rows(before.faith, after.faith),
        affinity=_new_rows(before.affinity, after.affinity),
        dependency=_new_rows(before.dependency, after.dependency),
        rivals=tuple([x for x in after.rivals if x not in before.rivals]) if after.rivals else (),
        institutions=_new(before.institutions, after.institutions),
        norms=_new(before.norms, after.norms),
        produced=after.produced,
        calm_rounds=after.calm_rounds,
        fragmented_rounds=after.fragmented_rounds,
        integration=after.integration,
        keeps=keeps,
    )


def changed(before: Standing, change: StandingChange) -> Standing:
    """Return the standing after a change, with its entries in the order they came."""
    keeps = change.keeps
    is_whole = keeps in (Keeps.ALL, Keeps.OWN)
    return Standing(
        rounds=change.rounds,
        faith=_merged(_kept(before.faith, change.faith, keeps), change.faith),
        affinity=_merged(_kept(before.affinity, change.affinity, keeps), change.affinity),
        dependency=_merged(before.dependency if is_whole else {}, change.dependency),
        rivals=_pairs(before.rivals if is_whole else (), change.rivals),
        institutions={
            **({} if keeps is Keeps.NOTHING else before.institutions),
            **change.institutions,
        },
        norms={**(before.norms if is_whole else {}), **change.norms},
        calm_rounds=change.calm_rounds,
        fragmented_rounds=change.fragmented_rounds,
        integration=change.integration,
        produced=change.produced,
    )


def as_told_to(change: StandingChange, seat: Seat | None) -> StandingChange:
    """Keep of trust and affinity a seat's own rows, and of dependency what it is part of.

    seat None: the public, which is told none of them.
    """
    return StandingChange(
        rounds=change.rounds,
        faith=_own(change.faith, seat),
        affinity=_own(change.affinity, seat),
        dependency={
            i: row if i == seat else {j: x for j, x in row.items() if j == seat}
            for i, row in change.dependency.items()
            if i == seat or seat in row
        },
        rivals=change.rivals,
        institutions=change.institutions,
        norms=change.norms,
        produced=change.produced,
        calm_rounds=change.calm_rounds,
        fragmented_rounds=change.fragmented_rounds,
        integration=change.integration,
        keeps=change.keeps if change.keeps is Keeps.NOTHING else Keeps.OWN,
    )


def as_impressions(change: StandingChange, seat: Seat | None) -> StandingChange:
    """Keep what a seat in fog knows: its own trust and affinity, and institutions."""
    return StandingChange(
        rounds=change.rounds,
        faith=_own(change.faith, seat),
        affinity=_own(change.affinity, seat),
        dependency={},
        rivals=(),
        institutions=change.institutions,
        norms={},
        produced={},
        calm_rounds=0,
        fragmented_rounds=0,
        integration=None,
        keeps=change.keeps if change.keeps is Keeps.NOTHING else Keeps.IMPRESSIONS,
    )


def _holds(after: Rows[F], before: Rows[F]) -> bool:
    """Tell whether every entry of before is there still."""
    for i, row in before.items():
        new = after.get(i)
        if new is not row and (new is None or not new.keys() >= row.keys()):
            return False
    return True


def _new(before: Mapping[K, F], after: Mapping[K, F]) -> dict[K, F]:
    new: dict[K, F] = {}
    for key, x in after.items():
        if before.get(key) != x:
            new[key] = x
    return new


def _new_rows(before: Rows[F], after: Rows[F]) -> dict[Seat, dict[Seat, F]]:
    rows: dict[Seat, dict[Seat, F]] = {}
    for i, row in after.items():
        old = before.get(i)
        if old is None:
            rows[i] = dict(row)
        elif row is not old:
            new = rows[i] = {}
            for j, x in row.items():
                if old.get(j) != x:
                    new[j] = x
            if not new:
                del rows[i]
    return rows


def _kept(before: Rows[F], named: Collection[Seat], keeps: Keeps) -> Rows[F]:
    if keeps is Keeps.ALL:
        return before
    if keeps is Keeps.NOTHING:
        return {}
    return {i: row for i, row in before.items() if i in named}


def _merged(before: Rows[F], rows: Rows[F]) -> dict[Seat, Mapping[Seat, F]]:
    merged = dict(before)
    for i, row in rows.items():
        if row or i in merged:  # a row that is named without entries only stays as it was
            merged[i] = {**merged.get(i, {}), **row}
    return merged


def _pairs(before: tuple[RivalPair, ...], new: tuple[RivalPair, ...]) -> tuple[RivalPair, ...]:
    known = {pair.seats: pair for pair in (*before, *new)}
    return tuple(known.values())


def _own(rows: Rows[F], seat: Seat | None) -> dict[Seat, Mapping[Seat, F]]:
    return {} if seat is None else {seat: rows.get(seat, {})}
