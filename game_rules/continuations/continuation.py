"""Continuations: the same match from one of its points on, with the same luck or other luck.

Up to the change everything is done again as it fell. From there on bots play by their strategies
and see what has changed; people do what they did. Nothing happens to the trunk. Source of the
luck: `chance`, which consumes no state, so the same question has the same answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from game_rules.continuations.changes import Asked, Counterfactual
from game_rules.continuations.going_on import Going, Policies
from game_rules.continuations.trunk import Trunk
from game_rules.errors import InvalidInput
from game_rules.log.events import Event, EventTuple
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match.command import Command
from game_rules.match.decide import step
from game_rules.match.visibility import shown
from game_rules.records.retrace import Retraced
from game_rules.roles import Actor, Seat

NO_POLICIES: Policies = {}


@dataclass(frozen=True, slots=True)
class Continued:
    """A match that went on. shared: how many events it has in common with its trunk."""

    log: EventTuple
    position: Position
    shared: int


def replayed(trunk: Trunk, place: int) -> Continued:
    """Do again everything from an act on, as it fell: the log of the trunk, to the last event."""
    telling = _Telling(trunk, place)
    for act in trunk.acts[place:]:
        telling.do(act.command, act)
    return telling.ended(trunk)


def continued(
    trunk: Trunk, number: int, policies: Policies = NO_POLICIES, *, has_talk: bool = True
) -> Continued:
    """Go on from the start of a round, unchanged but for the policies.

    has_talk: whether bots propose and sign pacts. Raises InvalidInput for a round that was not
    played.
    """
    place = trunk.start_of(number)
    telling = _Telling(trunk, place)
    return telling.gone_on(trunk, place, policies, has_talk=has_talk)


def resumed(trunk: Trunk, number: int, policies: Policies = NO_POLICIES) -> Continued:
    """Go on by policies once a round is resolved as it fell.

    A change that nobody saw in that round is compared with this.
    """
    place = trunk.resolution_of(number) + 1
    return _Telling(trunk, place).gone_on(trunk, place, policies, has_talk=True)


def changed(
    trunk: Trunk,
    change: Counterfactual,
    policies: Policies = NO_POLICIES,
    *,
    has_talk: bool = True,
    luck: str | None = None,
) -> Continued:
    """Go on with one change, and by policies from there on.

    luck: the seed of all chance from the resolution of the round on, for a change that nobody sees
    before it; None keeps that of the trunk. Raises InvalidInput for a change of what did not
    happen, and RuleViolation for one that the rules refuse.
    """
    find = trunk.opening_of if change.is_news else trunk.start_of
    start, end = find(change.round), trunk.resolution_of(change.round)
    acts = trunk.acts[start : end + 1]
    found = (place for place, act in enumerate(acts, start) if change.is_of(act))
    first = start if change.is_news else next(found, start)  # nothing before it is otherwise
    telling = _Telling(trunk, first, start)
    telling.position = change.prepared(telling.position)
    place = telling.turn(change, trunk.acts[first : end + 1], luck) + first
    spoken = change.withheld_by(trunk.acts[place - 1]) if place else None
    return telling.gone_on(trunk, place, policies, has_talk=has_talk, spoken=spoken)


class _Telling:
    """A log that is told again from an act on, and the position at its end.

    seen: an act before it, from which on it is found what each seat sees.
    """

    def __init__(self, trunk: Trunk, place: int, seen: int | None = None) -> None:
        known = place if seen is None else seen
        self.log: list[Event] = [*trunk.events_before(place)]
        self.position = trunk.before(place)
        self._start = len(trunk.events_before(known))
        self._seen = trunk.seen_before(known)

    def do(self, command: Command | None, act: Retraced) -> EventTuple:
        """Do a command in the place of an act of the trunk; return its events."""
        if command is None:
            return ()
        return self._do(command, act.actor, act.at_ms, act.last_round)

    def turn(
        self, change: Counterfactual, acts: Sequence[Retraced], luck: str | None = None
    ) -> int:
        """Do the acts of a round again, with a change; return how many were done as they fell.

        What nobody sees before the round is resolved leaves all other acts as they fell; what all
        may see and answer, only those before it.
        """
        found = [change.is_of(act) for act in acts]
        added = None if any(found) else change.added()
        if added is None and not any(found):
            raise InvalidInput(f"round {change.round} has nothing of that kind; see its replay")
        # sooner, a sealed order could resolve the round before others have changed theirs
        due = len(acts) - 1 if change.is_sealed else 0
        place, is_settled = 0, False
        while not is_settled:  # at the latest by the last act, which resolves the round
            act, is_it, is_last = acts[place], found[place], place + 1 == len(acts)
            if luck is not None and is_last:
                self.position = self.position.but(seed=luck)
            if added is not None and place == due:
                self._add(added)
                added = None
                is_settled = not change.is_sealed or self._has_resolved(change.round)
            if not is_settled:
                self.do(change.turned(act) if is_it else act.command, act)
                place += 1  # with one order more, the round may end before it did
                is_settled = (is_it and not change.is_sealed) or self._has_resolved(change.round)
        if luck is not None:  # also where the round was resolved before its last act
            self.position = self.position.but(seed=luck)
        return place

    def _has_resolved(self, number: int) -> bool:
        return len(self.position.history) >= number

    def _add(self, added: Asked) -> None:
        """Do what is added, before the deadline. Raises RuleViolation if the rules refuse it."""
        at_ms, deadline_ms = self.log[-1].at_ms, self.position.deadline_ms
        self._do(*added, at_ms if deadline_ms is None else min(at_ms, deadline_ms - 1))

    def gone_on(
        self,
        trunk: Trunk,
        place: int,
        policies: Policies,
        *,
        has_talk: bool,
        spoken: Seat | None = None,
    ) -> Continued:
        """Go on by policies. place: of the first act left to them. spoken: as in `Going`."""
        scenario, told = self.position.scenario, self.log[self._start :]
        seen = {x: fold(shown(told, x, scenario), start) for x, start in self._seen.items()}
        going = Going(
            self.log,
            self.position,
            trunk.acts[place:],
            policies,
            has_talk=has_talk,
            speak=trunk.has_words,
            spoken=spoken,
            seen=seen,
        )
        going.play()
        self.position = going.position
        return self.ended(trunk)

    def ended(self, trunk: Trunk) -> Continued:
        """Compare the log with that of the trunk."""
        return Continued(tuple(self.log), self.position, shared(trunk.log, self.log))

    def _do(
        self, command: Command, actor: Actor, at_ms: int, last_round: int | None = None
    ) -> EventTuple:
        events, self.position = step(self.position, command, actor, at_ms, last_round)
        self.log += events
        return events


def shared(one: Sequence[Event], other: Sequence[Event]) -> int:
    """Count the events with which two logs begin alike."""
    pairs = zip(one, other, strict=False)
    most = min(len(one), len(other))
    return next((place for place, (a, b) in enumerate(pairs) if a is not b and a != b), most)
