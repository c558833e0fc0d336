"""A match as its tables read it: the log, folded once, and the keys that every row carries."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Generic, TypeVar

from game_rules.log import events as e
from game_rules.log.evolve import evolve
from game_rules.log.position import Holder, Position
from game_rules.records.lineage import Lineage, lineage
from game_rules.roles import PersonId, Seat
from server.exports.columns import DataTable, MatchRows, Row

E = TypeVar("E", bound=e.Event)


@dataclass(frozen=True, slots=True)
class About:
    """Which match a log is of, as the log itself does not say.

    secret: of pseudonyms, which no table holds. number: of the table in its class.
    """

    match: str
    seminar: str | None = None
    treatment: str | None = None
    number: int | None = None
    is_rehearsal: bool = False
    secret: bytes = b""


@dataclass(frozen=True, slots=True)
class Instant(Generic[E]):
    """One event, its place in the log, and the positions just before and after it."""

    event: E
    place: int
    before: Position
    after: Position
    is_shared: int


class Story:
    """A whole log with its moments, for all tables of one match."""

    def __init__(self, about: About, log: Sequence[e.Event]) -> None:
        self.about, self.log = about, log
        self.lineage: Lineage = lineage(log)
        self._moments: dict[type, list[Instant]] = defaultdict(list)
        self._rows: dict[str, MatchRows] = {}
        position: Position | None = None
        for place, event in enumerate(log):
            after = evolve(position, event)
            shared = int(place < self.lineage.shared)
            self._moments[type(event)].append(
                Instant(event, place, position or after, after, shared)
            )
            position = after
        assert position is not None, "a log begins with its match"
        self.last: Position = position

    def of(self, kind: type[E]) -> Sequence[Instant[E]]:
        """Return the moments of one type of event, in order."""
        return self._moments.get(kind, ())

    def rows(self, table: DataTable) -> MatchRows:
        """Return the rows of a table, which are made once."""
        if table.name not in self._rows:
            self._rows[table.name] = MatchRows(self.keys, list(table.rows(self)))
        return self._rows[table.name]

    @cached_property
    def is_over(self) -> bool:
        """Tell whether the match ended, so that nothing of it is secret any more."""
        return bool(self.of(e.MatchEnded))

    @cached_property
    def numbers(self) -> Mapping[int, int]:
        """Number proposals and pacts of this match 1, 2, 3, by the number that the log has.

        A pact has the number of its proposal; pacts in force from the start come first.
        """
        given = (pact.number for pact in self.last.scenario.pacts)
        made = (each.event.number for each in self.of(e.ProposalMade))
        known = dict.fromkeys((*given, *made))
        return {number: place for place, number in enumerate(known, start=1)}

    def person(self, position: Position, seat: Seat) -> str | None:
        """Return the pseudonym of the person who holds the pen of a seat; None for nobody."""
        holder = position.holders.get(seat)
        return None if holder is None else self.called(holder.person)

    def called(self, person: PersonId | None) -> str | None:
        """Return the pseudonym of a person: the same in all matches of a class, and in branches."""
        if person is None:
            return None
        return pseudonym(self.about.secret, self.about.seminar or self._root, person)

    @cached_property
    def _root(self) -> str:
        """The match from which this one and all its trunks come."""
        branched = self.of(e.Branched)
        return branched[0].event.trunk if branched else self.about.match

    @cached_property
    def keys(self) -> Row:
        """The columns that are the same in each row of this match."""
        position, about = self.last, self.about
        return {
            "match": about.match,
            "seminar": about.seminar,
            "treatment": about.treatment,
            "scenario": position.scenario.name,
            "rules_version": position.rules_version,
            "seed": position.seed,
            "trunk": self.lineage.trunk,
            "superseded_by": self.lineage.superseded_by,
            "model_from": None if self.last.model is None else self.last.model.round,
        }

    def at(self, moment: Instant, number: int, seat: Seat | None = None) -> Row:
        """Begin a row about a round and a seat, as its holder is before an event."""
        row: Row = {"round": number, "is_shared": moment.is_shared}
        if seat is not None:
            row["seat"] = seat
            row["person"] = self.person(moment.before, seat)
        return row


def pseudonym(secret: bytes, family: str, person: str) -> str:
    """Return what a person is called in tables; nobody can lead it back without the secret.

    >>> pseudonym(b"", "m1", "p1") == pseudonym(b"", "m1", "p2")
    False
    """
    told = f"{family}\x1f{person}".encode()
    return "P" + blake2b(told, key=secret, digest_size=5).hexdigest()


def holder_of(position: Position, seat: Seat) -> Row:
    """Describe the holder of a seat: a person, a bot and its strategy, or nobody."""
    holder: Holder | None = position.holders.get(seat)
    if holder is None:
        return {"holder": "nobody"}
    return {"holder": "bot" if holder.is_bot else "person", "strategy": holder.strategy}


def resolved_rounds(story: Story) -> Iterator[tuple[Instant[e.RoundResolved], e.RoundResolved]]:
    """Yield the rounds that were resolved, with their moments."""
    for each in story.of(e.RoundResolved):
        yield each, each.event
