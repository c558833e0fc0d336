"""The live feed of a seminar: cards for its facilitators, notices for waiting people.

It checks for changes a few times per second and sends only what changed, so twenty matches need
only one connection per facilitator, and no command waits for the feed.
"""

import contextlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field

from game_rules.records.codec import dumps
from game_rules.roles import PersonId
from server.access.grants import SeminarId
from server.hosting.damage import MatchDamaged
from server.live.outbox import Outbox
from server.seminars.frames import (
    MatchDamagedShown,
    MatchGone,
    MatchShown,
    PeopleShown,
    PlacedShown,
    SeminarShown,
    WaitingShown,
)
from server.seminars.overview import SeminarCard, match_card, people_cards
from server.seminars.seminar import NoSuchSeminar, SeminarMatch
from server.seminars.service import Seminars
from server.seminars.store import Roster
from server.seminars.together import Together
from server.store.event_store import MatchId
from server.wire.frames import CloseCode

OF_A_MATCH = "match:", "damage:"


@dataclass(eq=False, slots=True)
class Follower:
    """One connection to a seminar. person: who waits; None for a facilitator.

    sent: the frames that this connection has, by subject.
    """

    seminar: SeminarId
    person: PersonId | None
    outbox: Outbox
    sent: dict[str, str] = field(default_factory=dict)

    def show(self, about: str, frame: str) -> None:
        """Send a frame unless the client has it already."""
        if self.sent.get(about) != frame:
            self.sent[about] = frame
            self.outbox.put(frame)

    def drop(self, known: Collection[str]) -> None:
        """Report the matches that are gone."""
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
        self._cards: dict[MatchId, tuple[object, str]] = {}

    def join(self, follower: Follower) -> None:
        """Add a connection; the next look sends it everything."""
        self._followers[follower.seminar].add(follower)

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
            watched |= await self._look_at(roster)
        self._seminars.registry.watched = watched
        self._cards = {match: card for match, card in self._cards.items() if match in watched}

    async def _look_at(self, roster: Roster) -> set[MatchId]:
        followers = tuple(self._followers.get(roster.seminar.id, ()))
        self._call(roster, followers)
        leads = [follower for follower in followers if follower.person is None]
        if not leads:
            return set()
        frames = await self._frames(roster, followers)
        for lead in leads:
            lead.drop(frames)
            for about, frame in frames.items():
                lead.show(about, frame)
        return {known.match for known in roster.matches}

    def _call(self, roster: Roster, followers: Iterable[Follower]) -> None:
        """Tell waiting people how many wait, and placed people that they have a match."""
        matches = [member.match for member in roster.people]
        waiting = dumps(WaitingShown(matches.count(None)))
        placed = {match: dumps(PlacedShown(match)) for match in set(matches) if match is not None}
        for follower in followers:
            if follower.person is None:
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
        for known in roster.matches:
            here |= self._seminars.presences.people(known.match)
            frames |= await self._frames_of(known)
        return {**frames, "people": dumps(PeopleShown(people_cards(roster, here)))}

    async def _frames_of(self, known: SeminarMatch) -> dict[str, str]:
        """Write a match's card, what is damaged, or both: what is loaded is shown."""
        frames = {}
        with contextlib.suppress(MatchDamaged):
            frames[f"match:{known.match}"] = await self._card(known)
        problem = self._seminars.registry.damage_of(known.match)
        if problem is not None:
            shown = MatchDamagedShown(known.match, known.number, problem)
            frames[f"damage:{known.match}"] = dumps(shown)
        return frames

    async def _card(self, known: SeminarMatch) -> str:
        """Write a match's card; reuse the last one if nothing has happened."""
        host = await self._seminars.registry.host(known.match)
        here = self._seminars.presences.people(known.match)
        waits_for = self._together.waits_for(known.match)
        key = host.seq, here, host.names, waits_for
        kept = self._cards.get(known.match)
        if kept is None or kept[0] != key:
            card = match_card(known, host.position, host.events, here, host.names, waits_for)
            shown = MatchShown(card)
            kept = self._cards[known.match] = key, dumps(shown)
        return kept[1]


def _seminar_frame(card: SeminarCard) -> str:
    """Write a `SeminarShown`, with the spaces that this frame has always had."""
    return f'{{"type":"{SeminarShown.type}","card":{json.dumps(asdict(card))}}}'
