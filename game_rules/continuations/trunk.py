"""The trunk: a match as it was played, as the commands that its log came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from game_rules import RULES_VERSION
from game_rules.errors import InvalidInput
from game_rules.log.events import Event, EventTuple, MatchCreated
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match.talk import SaySentence
from game_rules.match.visibility import shown
from game_rules.memory import Remembering
from game_rules.records.record import begun, retraced_in
from game_rules.records.retrace import Retraced
from game_rules.roles import Seat


@dataclass(frozen=True, slots=True)
class Trunk(Remembering):
    """A match as it was played. first: the position after its first event; acts: its commands.

    has_words: whether bots say what they do, as they did.
    """

    log: EventTuple
    first: Position
    acts: tuple[Retraced, ...]
    has_words: bool

    @property
    def last(self) -> Position:
        """The position at the end of the log."""
        return self.before(len(self.acts))

    @property
    def rounds(self) -> int:
        """How many rounds were resolved."""
        return len(self.last.history)

    def before(self, place: int) -> Position:
        """Return the position before an act; after the last one, that at the end."""
        if place < len(self.acts):
            return self.acts[place].before
        return self.acts[-1].after if self.acts else self.first

    def events_before(self, place: int) -> EventTuple:
        """Return the events of the log before those of an act."""
        return self.log[: self.acts[place].place] if place < len(self.acts) else self.log

    def seen_before(self, place: int) -> Mapping[Seat, Position]:
        """Return the position before an act as each seat sees it."""
        key = "seen", place
        found = self.memory.get(key)
        if found is None:
            found = self.memory[key] = self._seen_before(place)
        return found

    def _seen_before(self, place: int) -> Mapping[Seat, Position]:
        scenario, events = self.first.scenario, self.events_before(place)
        return {seat: fold(shown(events, seat, scenario)) for seat in scenario.seats}

    def silent(self) -> "Trunk":
        """Return the same match without what bots say, which changes nothing of what they do."""
        found = self.memory.get("silent")
        if found is None:
            found = self.memory["silent"] = replace(self, has_words=False)
        return found

    def start_of(self, number: int) -> int:
        """Find the first act of an open round, or the one that opened and resolved it at once.

        Raises InvalidInput for one that was not played.
        """
        end = self.resolution_of(number)
        return next((x for x in range(end) if self.before(x).round == number), end)

    def opening_of(self, number: int) -> int:
        """Find the act that opened a round. Raises InvalidInput for one that was not played."""
        return max(0, self.start_of(number) - 1)

    def resolution_of(self, number: int) -> int:
        """Find the act that resolved a round. Raises InvalidInput for one that was not played."""
        if not 1 <= number <= self.rounds:
            raise InvalidInput(f"round {number} was not played; {self._remedy()}")
        return next(x for x in range(len(self.acts)) if self._has_resolved(x, number))

    def _remedy(self) -> str:
        return f"give 1 to {self.rounds}" if self.rounds else "play a round of the match first"

    def _has_resolved(self, place: int, number: int) -> bool:
        return len(self.acts[place].after.history) >= number


def trunk_of(log: Sequence[Event], purpose: str = "a continuation") -> Trunk:
    """Decide a log again, to continue its match from any of its points.

    purpose: what a refusal names. Raises InvalidInput for a match of older rules, and RecordError
    for a log that the rules would not write.
    """
    events = tuple(log)
    created = events[0] if events else None
    if isinstance(created, MatchCreated) and created.rules_version != RULES_VERSION:
        theirs = f"the match was played by rules {created.rules_version}"
        raise InvalidInput(f"{theirs}; {purpose} works with matches of rules {RULES_VERSION}")
    acts = tuple(retraced_in(events))
    return Trunk(events, begun(events), acts, any(map(_is_said_by_a_bot, acts)))


def _is_said_by_a_bot(act: Retraced) -> bool:
    holder = act.before.holders.get(act.actor.seat) if act.actor.seat else None
    return isinstance(act.command, SaySentence) and holder is not None and holder.is_bot
