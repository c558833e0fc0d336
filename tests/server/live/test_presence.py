"""Who is connected to a match right now."""

import asyncio
import json

from server.live.outbox import Outbox
from server.live.presence import Presences
from server.store.event_store import MatchId
from server.wire.frames import CloseCode

A, B = MatchId("a"), MatchId("b")


class Window:
    """A connection that has said hello."""

    def __init__(
        self, match_id: MatchId = A, seat: str | None = None, person: str | None = None
    ) -> None:
        self.outbox = Outbox(100, 10_000)
        self.match_id: MatchId | None = match_id
        self._seat, self._person = seat, person

    @property
    def seat(self) -> str | None:
        """The seat it plays for."""
        return self._seat

    @property
    def person(self) -> str | None:
        """Whose window it is."""
        return self._person

    def move_to(self, seat: str | None) -> None:
        """Change seats."""
        self._seat = seat

    async def told(self) -> list[tuple[list[str], int]]:
        """Give what it was told of who is there since it was last asked."""
        self.outbox.put('{"type":"end"}')
        message = await asyncio.wait_for(self.outbox.take(), 1)
        frames = json.loads(message or "[]")
        frames = frames if isinstance(frames, list) else [frames]
        return [(x["seats"], x["observers"]) for x in frames if x["type"] == "presence"]


async def test_everyone_at_a_match_is_told_who_is_there():
    presences = Presences(5)
    windows = [Window(seat="JPN"), Window(), Window(seat="CHN")]
    for window in windows:
        presences.join(window)
    presences.announce()
    assert [await window.told() for window in windows] == [[(["CHN", "JPN"], 1)]] * 3


async def test_one_seat_in_two_windows_is_one_seat():
    presences = Presences(5)
    window = Window(seat="CHN", person="ann")
    for each in (window, Window(seat="CHN", person="ann")):
        presences.join(each)
    presences.announce()
    assert await window.told() == [(["CHN"], 0)]


async def test_nothing_is_said_while_nothing_changes():
    presences, window = Presences(5), Window()
    presences.join(window)
    presences.announce()
    presences.announce()
    assert await window.told() == [([], 1)]
    presences.announce()
    assert await window.told() == []


async def test_a_match_hears_of_its_own_people_only():
    presences, here, there = Presences(5), Window(A), Window(B, seat="CHN")
    presences.join(here)
    presences.join(there)
    presences.announce()
    assert (await here.told(), await there.told()) == ([([], 1)], [(["CHN"], 0)])


async def test_who_leaves_or_changes_seats_is_announced():
    presences, stays, goes = Presences(5), Window(), Window(seat="CHN")
    for window in (stays, goes):
        presences.join(window)
    presences.announce()
    goes.move_to("JPN")
    presences.join(goes)
    presences.announce()
    presences.leave(goes)
    presences.announce()
    assert await stays.told() == [(["CHN"], 1), (["JPN"], 1), ([], 1)]


async def test_the_last_one_to_leave_is_missed_by_nobody():
    presences, window = Presences(5), Window()
    presences.join(window)
    presences.leave(window)
    presences.leave(window)
    presences.announce()
    assert await window.told() == []


async def test_too_many_windows_of_one_person_end_the_oldest():
    presences = Presences(most_per_person=2)
    windows = [Window(person="ann") for _ in range(4)]
    for window in windows:
        presences.join(window)
    codes = [window.outbox.close_code for window in windows]
    assert codes == [CloseCode.REPLACED, CloseCode.REPLACED, None, None]


async def test_a_change_of_seat_makes_a_window_no_newer():
    presences = Presences(most_per_person=2)
    first, second, third = (Window(person="ann") for _ in range(3))
    for window in (first, second, first, third):
        presences.join(window)
    assert first.outbox.close_code is CloseCode.REPLACED
    assert second.outbox.close_code is None


async def test_those_who_only_watch_are_not_counted_together():
    presences = Presences(most_per_person=1)
    windows = [Window(), Window(), Window(person="ann"), Window(person="bo")]
    for window in windows:
        presences.join(window)
    assert [window.outbox.close_code for window in windows] == [None] * 4


async def test_a_person_at_two_matches_has_windows_at_both():
    presences = Presences(most_per_person=1)
    here, there = Window(A, person="ann"), Window(B, person="ann")
    presences.join(here)
    presences.join(there)
    assert (here.outbox.close_code, there.outbox.close_code) == (None, None)
