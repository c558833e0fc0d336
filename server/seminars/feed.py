"""The live feed of a seminar: cards for facilitators and the wall, notices for waiting people.

It checks for changes a few times per second and sends only what changed, so twenty matches need
only one connection per facilitator, and no command waits for the feed.
"""

import contextlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field

from game_rules.records.codec import dumps
from game_rules.roles import PUBLIC, PersonId, Role
from server.access.grants import SeminarId
from server.hosting.damage import MatchDamaged
from server.hosting.match_host import MatchHost
from server.hosting.seat_views import SeatViews
from server.live.outbox import Outbox
from server.live.tenancy import MOVED
from server.seminars.duplicate import DuplicateScore, scores_at
from server.seminars.frames import (
    MatchDamagedShown,
    MatchGone,
    MatchShown,
    PeopleShown,
    PlacedShown,
    SeminarShown,
    Shown,
    TableShown,
    WaitingShown,
    WallShown,
)
from server.seminars.overview import SeminarCard, match_card, people_cards
from server.seminars.scores import class_scores
from server.seminars.seminar import NoSuchSeminar, SeminarMatch
from server.seminars.service import Seminars
from server.seminars.store import Roster
from server.seminars.together import Together
from server.seminars.wall import table_card, wall_card
from server.store.event_store import MatchId
from server.store.leases import Elsewhere
from server.wire.frames import CloseCode

OF_A_MATCH = "match:", "damage:"
Scores = tuple[DuplicateScore, ...]


@dataclass(eq=False, slots=True)
class Follower:
    """One connection to a seminar. person: who waits; None for a facilitator and for the wall.

    sent: the frames that this connection has, by subject.
    """

    seminar: SeminarId
    person: PersonId | None
    outbox: Outbox
    role: Role = Role.PLAYER
    sent: dict[str, str] = field(default_factory=dict)

    def show(self, about: str, frame: str) -> None:
        """Send a frame unless the client has it already."""
        if self.sent.get(about) != frame:
            self.sent[about] = frame
            self.outbox.put(frame)

    def show_all(self, frames: Mapping[str, str]) -> None:
        """Report the matches that are gone, and send what this connection does not have."""
        self._drop(frames)
        for about, frame in frames.items():
            self.show(about, frame)

    def _drop(self, known: Collection[str]) -> None:
        gone = [x for x in self.sent if x.startswith(OF_A_MATCH) and x not in known]
        for about in gone:
            del self.sent[about]
        matches = {about.partition(":")[2] for about in gone}
        for match in sorted(matches):
            if f"damage:{match}" not in known:
                self.outbox.put(dumps(MatchGone(match)))


class Feed:
    """All connections to seminars."""

    def __init__(self, seminars: Seminars, together: Together) -> None:
        self._seminars, self._together = seminars, together
        self._followers: dict[SeminarId, set[Follower]] = defaultdict(set)
        self._views = SeatViews()
        self._cards: dict[tuple[Role, MatchId], tuple[object, str]] = {}

    async def enter(self, seminar: SeminarId) -> None:
        """Play a seminar here, before anybody follows it here. Raises Elsewhere or StoreError."""
        await self._seminars.registry.rooms.enter(seminar)

    def join(self, follower: Follower) -> None:
        """Add a connection; the next look sends it everything."""
        self._followers[follower.seminar].add(follower)

    def has(self, seminar: str) -> bool:
        """Tell whether anybody follows a seminar here."""
        return seminar in self._followers

    def leave(self, follower: Follower) -> None:
        """Remove a connection."""
        followers = self._followers[follower.seminar]
        followers.discard(follower)
        if not followers:
            del self._followers[follower.seminar]

    async def look(self) -> None:
        """Send the changes of every seminar that has followers. Raises StoreError."""
        watched: set[MatchId] = set()
        for seminar in tuple(self._followers):
            try:
                roster = await self._seminars.roster(seminar)
            except NoSuchSeminar:  # its followers have a token of it, so it exists
                continue
            except Elsewhere:  # it was lost
                for follower in tuple(self._followers[seminar]):
                    follower.outbox.close(CloseCode.RESTART, MOVED)
                continue
            watched |= await self._look_at(roster)
        self._seminars.registry.watched = watched
        self._cards = {about: card for about, card in self._cards.items() if about[1] in watched}

    async def _look_at(self, roster: Roster) -> set[MatchId]:
        followers = tuple(self._followers.get(roster.seminar.id, ()))
        self._call(roster, followers)
        frames = {
            Role.FACILITATOR: lambda: self._frames(roster, followers),
            Role.OBSERVER: lambda: self._wall_frames(roster),
        }
        watching = {follower.role for follower in followers} & frames.keys()
        for role in watching:
            shown = await frames[role]()
            for follower in followers:
                if follower.role is role:
                    follower.show_all(shown)
        return {known.match for known in roster.matches} if watching else set()

    def _call(self, roster: Roster, followers: Iterable[Follower]) -> None:
        """Tell waiting people how many wait, and placed people that they have a match."""
        matches = [member.match for member in roster.people]
        waiting = dumps(WaitingShown(matches.count(None)))
        placed = {match: dumps(PlacedShown(match)) for match in set(matches) if match is not None}
        for follower in followers:
            if follower.person is None:  # nobody who waits
                continue
            member = roster.member(follower.person)
            if member is None:
                follower.outbox.close(CloseCode.SIGN_IN, "your place was given up; join again")
            elif member.match is not None:
                follower.show("place", placed[member.match])
            else:
                follower.show("place", waiting)

    async def _frames(self, roster: Roster, followers: Iterable[Follower]) -> dict[str, str]:
        here: set[str] = {follower.person for follower in followers if follower.person}
        frames = {"seminar": _seminar_frame(self._seminars.card(roster.seminar))}
        scored = await class_scores(self._seminars.registry, roster)
        for known in roster.matches:
            here |= self._seminars.presences.people(known.match)
            frames |= await self._frames_of(known, scores_at(known.match, scored))
        return {**frames, "people": dumps(PeopleShown(people_cards(roster, here)))}

    async def _wall_frames(self, roster: Roster) -> dict[str, str]:
        card, named = self._seminars.card(roster.seminar), roster.seminar.is_waiting_named
        frames = {"wall": dumps(WallShown(wall_card(card, roster)))}
        for known in roster.matches:
            with contextlib.suppress(MatchDamaged):
                frames[f"match:{known.match}"] = await self._table(known, is_named=named)
        return frames

    async def _frames_of(self, known: SeminarMatch, scores: Scores) -> dict[str, str]:
        """Write a match's card, what is damaged, or both: what is loaded is shown."""
        frames = {}
        with contextlib.suppress(MatchDamaged):
            frames[f"match:{known.match}"] = await self._card(known, scores)
        problem = self._seminars.registry.damage_of(known.match)
        if problem is not None:
            shown = MatchDamagedShown(known.match, known.number, problem)
            frames[f"damage:{known.match}"] = dumps(shown)
        return frames

    async def _card(self, known: SeminarMatch, scores: Scores) -> str:
        """Write a match's card for its facilitators."""
        host = await self._seminars.registry.host(known.match)
        here = self._seminars.presences.people(known.match)
        waits_for = self._together.waits_for(known.match)

        def write() -> MatchShown:
            position, events, names = host.position, host.events, host.names
            card = match_card(known, position, events, here, names, waits_for, scores)
            return MatchShown(card)

        return self._kept(Role.FACILITATOR, host, (here, waits_for, scores), write)

    async def _table(self, known: SeminarMatch, *, is_named: bool) -> str:
        """Write a match's card for the wall. is_named: whether it may say who is ready."""
        host = await self._seminars.registry.host(known.match)
        waits_for = self._together.waits_for(known.match)

        def write() -> TableShown:
            position = self._views.of(known.match, host, PUBLIC)
            ready = host.position.ready if is_named else None
            truth = host.position
            return TableShown(table_card(known, position, host.names, waits_for, ready, truth))

        return self._kept(Role.OBSERVER, host, (waits_for, is_named), write)

    def _kept(self, role: Role, host: MatchHost, more: object, write: Callable[[], Shown]) -> str:
        """Write a card; reuse the last one if nothing has happened."""
        about, key = (role, host.match_id), (host.seq, host.names, more)
        kept = self._cards.get(about)
        if kept is None or kept[0] != key:
            kept = self._cards[about] = key, dumps(write())
        return kept[1]


def _seminar_frame(card: SeminarCard) -> str:
    """Write a `SeminarShown`, with the spaces that this frame has always had."""
    return f'{{"type":"{SeminarShown.type}","card":{json.dumps(asdict(card))}}}'
