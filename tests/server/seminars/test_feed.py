"""The live feed of a seminar: what its facilitators and those who wait are told, and no more."""

import json
from collections.abc import AsyncGenerator, Iterator
from typing import Any

import pytest

from game_rules.games.stage_games import C, D
from game_rules.match import commands as c
from game_rules.records.codec import from_json
from game_rules.roles import Actor, PersonId, Role
from server.hosting.match_host import Sender
from server.live.outbox import Outbox
from server.seminars.feed import Feed, Follower
from server.seminars.frames import Shown
from server.store.event_store import MatchId
from server.wire.frames import CloseCode
from tests.server.seminar_scenes import Class, School, school
from tests.server.stage import let_go


@pytest.fixture(scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[School]:
    """A school whose server does not look by itself: here every look is asked for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("server.app.LOOK_S", 3600)
        async with school(tmp_path_factory.mktemp("school")) as running:
            yield running


class Listener:
    """One connection to a seminar, without its socket."""

    def __init__(
        self, seminar: Class, person: str | None = None, role: Role = Role.FACILITATOR
    ) -> None:
        self.feed = Feed(seminar.school.services.seminars, seminar.school.services.together)
        self.outbox = Outbox(10_000, 10_000_000)
        id_ = PersonId(person) if person else None
        self.follower = Follower(seminar.id, id_, self.outbox, Role.PLAYER if id_ else role)
        self.feed.join(self.follower)

    async def look(self) -> list[dict[str, Any]]:
        """Give what the next look brings."""
        await self.feed.look()
        return list(self._waiting())

    def _waiting(self) -> Iterator[dict[str, Any]]:
        frames, self.outbox._frames = list(self.outbox._frames), type(self.outbox._frames)()
        self.outbox._waiting = self.outbox._bytes = 0
        for text, _ in frames:
            frame = json.loads(text)
            from_json(Shown, frame)  # what is declared, neither more nor less
            yield frame


def of(kind: str, frames: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [frame for frame in frames if frame["type"] == kind]


async def played(here: School, people: int = 3, **more: Any) -> Class:
    """Open a seminar, deal so many people into matches, and start."""
    seminar = await here.seminar(**more)
    await seminar.come(*(f"Person {number}" for number in range(people)))
    await seminar.deal()
    await seminar.command(type="start_match")
    return seminar


async def order(
    seminar: Class, person: str, match: str, *, is_ready: bool, action: Any = C
) -> None:
    """Order the same everywhere, as somebody's own device would."""
    host = await seminar.school.services.registry.host(MatchId(match))
    seat = host.position.seat_of(PersonId(person))
    assert seat is not None
    actions = {arena.name: action for arena in host.position.arenas_of(seat)}
    sender = Sender(f"person:{person}", Actor(Role.PLAYER, person=PersonId(person)))
    await host.ask(c.SaveOrder(host.position.round, actions, is_ready), sender)


async def test_a_facilitator_is_shown_everything_once_and_then_what_changes(here: School):
    seminar = await played(here, people=5)
    listener = Listener(seminar)
    first = await listener.look()
    assert [frame["type"] for frame in first] == ["seminar", "match", "match", "people"]
    assert first[0]["card"]["code"] == seminar.code
    assert len(first[-1]["people"]) == 5
    assert await listener.look() == []
    match = first[1]["card"]["match"]
    await seminar.command(match, type="pause_match")
    (changed,) = await listener.look()
    assert (changed["card"]["match"], changed["type"]) == (match, "match")
    assert changed["card"]["paused_at_ms"] == here.clock.now_ms()


async def test_a_card_says_who_is_waited_for_and_how_rounds_went(here: School):
    seminar = await played(here)
    listener = Listener(seminar)
    roster = await seminar.roster()
    (known,) = roster.matches
    (card,) = [frame["card"] for frame in of("match", await listener.look())]
    assert [seat["is_waited_for"] for seat in card["seats"]] == [True] * 3
    assert [sitter["name"] for seat in card["seats"] for sitter in seat["people"]] != []
    for member in roster.people[:2]:
        await order(seminar, member.person, known.match, is_ready=True)
    (card,) = [frame["card"] for frame in of("match", await listener.look())]
    assert sum(seat["is_waited_for"] for seat in card["seats"]) == 1
    assert sum(seat["is_ready"] for seat in card["seats"]) == 2
    await order(seminar, roster.people[2].person, known.match, is_ready=True)
    (card,) = [frame["card"] for frame in of("match", await listener.look())]
    assert card["cooperation"] == [1.0]
    assert 0 < card["index"][0] <= 100


async def test_a_card_says_what_a_co_facilitator_did_last(here: School):
    seminar = await played(here)
    listener = Listener(seminar)
    (card,) = [frame["card"] for frame in of("match", await listener.look())]
    assert card["signed"] is None
    invited = await here.done(f"{seminar.path}/facilitators", seminar.token, name="Dr Co")
    seminar.token = (await here.done("/api/lead", secret=invited["secret"]))["token"]
    await seminar.command(type="pause_match")
    (card,) = [frame["card"] for frame in of("match", await listener.look())]
    now_ms = here.clock.now_ms()
    assert card["signed"] == {"name": "Dr Co", "command": "pause_match", "at_ms": now_ms}


async def test_a_card_names_the_news_that_counts_until_it_is_taken_back(here: School):
    seminar = await played(here)
    listener = Listener(seminar)
    inject = {"name": "cable", "title": "A cable", "text": "Calm.", "rounds": 0, "effects": []}
    for act, news in (
        ({"type": "open_inject", "inject": inject}, [{"name": "cable", "title": "A cable"}]),
        ({"type": "close_inject", "name": "cable"}, []),
    ):
        await seminar.command(**act)
        (card,) = [frame["card"] for frame in of("match", await listener.look())]
        assert card["news"] == news


@pytest.mark.parametrize("action", [C, D, None])
async def test_no_order_shows_on_the_console_before_the_reveal(here: School, action: Any):
    """Neither which nor whether: what a facilitator is sent is the same, to the byte."""
    seminar = await played(here)
    listener = Listener(seminar)
    await listener.look()
    roster = await seminar.roster()
    (known,) = roster.matches
    if action is not None:
        await order(seminar, roster.people[0].person, known.match, is_ready=False, action=action)
    assert await listener.look() == []


async def test_those_who_wait_are_called_to_their_place(here: School):
    seminar = await here.seminar()
    ann, ben = await seminar.come("Ann", "Ben")
    listener = Listener(seminar, ann["person"])
    assert await listener.look() == [{"type": "waiting", "people": 2}]
    assert await listener.look() == []
    await seminar.deal()
    (called,) = await listener.look()
    member = await seminar.member(ann["person"])
    assert called == {"type": "placed", "match": member.match}
    assert ben["person"] != ann["person"]


async def test_those_who_wait_are_shown_no_card(here: School):
    seminar = await played(here)
    (late,) = await seminar.come("Late")
    frames = await Listener(seminar, late["person"]).look()
    assert {frame["type"] for frame in frames} <= {"waiting", "placed"}


async def test_whoever_is_removed_is_sent_away(here: School):
    seminar = await here.seminar()
    (ann,) = await seminar.come("Ann")
    listener = Listener(seminar, ann["person"])
    await listener.look()
    await here.done(f"{seminar.path}/people/{ann['person']}/remove", seminar.token)
    await listener.look()
    assert listener.outbox.close_code is CloseCode.SIGN_IN


async def test_a_match_that_is_dealt_anew_goes(here: School):
    seminar = await here.seminar()
    await seminar.come("Ann")
    await seminar.deal()
    listener = Listener(seminar)
    (card,) = [frame["card"] for frame in of("match", await listener.look())]
    await seminar.deal()
    frames = await listener.look()
    assert of("match_gone", frames) == [{"type": "match_gone", "match": card["match"]}]
    assert len(of("match", frames)) == 1


async def test_matches_on_a_console_are_kept_awake_and_others_sleep(here: School):
    seminar = await played(here)
    registry = here.services.registry
    (known,) = (await seminar.roster()).matches
    host = await registry.host(known.match)
    listener = Listener(seminar)
    await listener.look()
    await seminar.command(type="end_match")
    let_go(registry, here.clock)
    assert host in registry.hosts
    listener.feed.leave(listener.follower)
    await listener.feed.look()
    let_go(registry, here.clock)
    assert host not in registry.hosts


async def test_whoever_is_here_is_marked_so(here: School):
    seminar = await here.seminar()
    ann, _ = await seminar.come("Ann", "Ben")
    listener = Listener(seminar)
    listener.feed.join(Follower(seminar.id, PersonId(ann["person"]), Outbox(99, 99_999)))
    (people,) = of("people", await listener.look())
    assert [(x["name"], x["is_here"]) for x in people["people"]] == [("Ann", True), ("Ben", False)]
