"""Random assignment of people to matches and seats. Pure; the seed is a parameter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from game_rules.chance import chance
from game_rules.roles import PersonId, Seat
from game_rules.scenario.populations import LARGEST_POPULATION

Delegation = tuple[PersonId, ...]
"""The people of one seat; none for a bot's seat."""


@dataclass(frozen=True, slots=True)
class Occupancy:
    """How full a match is when a person arrives late.

    people: how many people share each seat, bots not counted, in the order in which seats are
    filled. is_open: whether the match takes more people.
    """

    people: Mapping[Seat, int]
    is_open: bool = True


def matches_for(people: int, seats: int, treatments: int = 1) -> int:
    """Propose a number of matches: a seat for everyone, and at least one match per treatment.

    >>> [matches_for(people, 8) for people in (5, 8, 9, 24, 100)]
    [1, 1, 2, 3, 13]
    """
    return max(-(-people // seats), min(treatments, max(people, 1)), 1)


def split(
    people: Sequence[PersonId], seats: int, matches: int, seed: str
) -> tuple[tuple[Delegation, ...], ...]:
    """Split people at random into matches of this many seats; return each match's seats.

    Matches differ by one person at most, and so do the seats of a match. If there are more people
    than seats, several share a seat; empty seats are for bots.

    >>> split([PersonId("a"), PersonId("b"), PersonId("c")], 2, 2, "7")
    ((('a',), ('c',)), (('b',), ()))
    """
    drawn = _shuffled(people, seed)
    return tuple(_seated(drawn[match::matches], seats) for match in range(matches))


def seats_for_pairs(people: int) -> int:
    """Return the seats of a population: an even number; a bot completes an odd one.

    >>> [seats_for_pairs(people) for people in (1, 4, 5, 40)]
    [2, 4, 6, 40]
    """
    return min(max(people + people % 2, 2), LARGEST_POPULATION)


def late_seat(occupancies: Sequence[Occupancy]) -> tuple[int, Seat] | None:
    """Choose a match and a seat for a late arrival; None if no match is open.

    An empty or a bot's seat comes first, in the match with the most of them; otherwise the seat
    with the fewest people, in the match with the fewest.
    """
    rooms = [
        (*_crowding(occupancy), number)
        for number, occupancy in enumerate(occupancies)
        if occupancy.is_open
    ]
    if not rooms:
        return None
    number = min(rooms)[-1]
    people = occupancies[number].people
    return number, min(people, key=lambda seat: people[seat])


def _crowding(occupancy: Occupancy) -> tuple[bool, float]:
    counts = occupancy.people.values()
    return min(counts) > 0, sum(counts) / len(counts)


def _shuffled(people: Sequence[PersonId], seed: str) -> list[PersonId]:
    return sorted(people, key=lambda person: (chance(seed, "deal", person), person))


def _seated(people: Sequence[PersonId], seats: int) -> tuple[Delegation, ...]:
    return tuple(tuple(people[seat::seats]) for seat in range(seats))
