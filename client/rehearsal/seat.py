"""The state of a rehearsing bot, and its next action. Knows frames, not sockets.

It reads events as they are on the wire and keeps only what it needs to act: a hundred of these must
not slow down what they measure. Where there is talk, it negotiates and plays as a doctrine does;
elsewhere it chooses by chance. Bots that play well are written with `client.bot`.
"""

import random
from collections.abc import Iterator, Mapping
from typing import Any

from client.rehearsal.talk import RehearsedTalk
from game_rules.roles import Seat

Command = dict[str, Any]
Event = Mapping[str, Any]

CALLS = ("phase_opened", "match_resumed")
"""Events that a bot answers: after a pause, it repeats commands that were refused."""


class RehearsedSeat:
    """One bot's view of its match."""

    def __init__(self, person: str, chance: random.Random) -> None:
        self.is_over = False
        self._opening: Event | None = None
        self._person, self._chance = person, chance
        self._arenas: dict[str, tuple[str, ...]] = {}
        self._pens: dict[str, str] = {}
        self._automatic: set[str] = set()
        self._bots: set[str] = set()
        self._seats: list[str] = []
        self._talk: RehearsedTalk | None = None
        self._done = False

    @property
    def free(self) -> list[str]:
        """The empty seats, those in some arena first."""
        busy = {seat for members in self._arenas.values() for seat in members}
        free = [x for x in self._seats if x not in self._pens and x not in self._bots]
        return sorted(free, key=lambda seat: seat not in busy)

    @property
    def seat(self) -> str | None:
        """The seat whose pen this bot holds, if any."""
        return next((s for s, person in self._pens.items() if person == self._person), None)

    @property
    def people(self) -> frozenset[str]:
        """The people whose choices a round waits for: holders of a pen without an autopilot."""
        pens = self._pens.items()
        return frozenset(person for seat, person in pens if seat not in self._automatic)

    def heed(self, event: Event) -> None:
        """Process an event."""
        match event["type"]:
            case "match_created":
                self._begin(event)
            case "phase_opened":
                self._opening, self._done = event, False
            case "match_resumed":
                self._done = False
            case "arena_opened" | "arena_changed":
                self._arenas[event["arena"]["name"]] = tuple(event["arena"]["members"])
            case "arena_closed":
                self._arenas.pop(event["arena"], None)
            case "seat_taken" | "pen_passed":
                self._pens[event["seat"]] = event["person"]
                self._bots.discard(event["seat"])
            case "seat_vacated":
                self._pens.pop(event["seat"], None)
                self._bots.discard(event["seat"])
            case "bot_seated":
                self._pens.pop(event["seat"], None)
                self._bots.add(event["seat"])
            case "autopilot_engaged":
                self._automatic.add(event["seat"])
            case "autopilot_released":
                self._automatic.discard(event["seat"])
            case "match_ended":
                self.is_over = True
        if self._talk is not None:
            self._talk.heed(event)

    @property
    def asked(self) -> tuple[int, str] | None:
        """The round and the phase that wait for the bot."""
        opening = self._opening
        return None if opening is None else (opening["round"], opening["phase"])

    def is_called_by(self, event: Event) -> bool:
        """Tell whether the bot may act after an event: a phase, or a turn of the talk."""
        if (seat := self.seat) is None:
            return False
        has_news = self._talk is not None and self._talk.is_called_by(event, seat)
        return has_news or event["type"] in CALLS

    def moves(self, *, is_patient: bool = True) -> Iterator[Command]:
        """Yield the bot's next commands, once its thinking time is over.

        is_patient: whether it waits until its proposals are answered before it is ready.
        """
        seat, opening = self.seat, self._opening
        if seat is None or opening is None or opening["phase"] == "lobby" or self.is_over:
            return
        said = () if self._talk is None else tuple(self._talk.commands(Seat(seat)))
        yield from said
        if self._done or self._opening is not opening:  # a phase began meanwhile, and calls anew
            return
        if opening["phase"] == "decision":
            self._done = True
            yield self._order(opening["round"], seat)
        elif not is_patient or not (said or self._is_waiting(seat)):
            self._done = True
            yield _ready(opening)

    def _order(self, number: int, seat: str) -> Command:
        own = sorted(name for name, members in self._arenas.items() if seat in members)
        if not own:
            return _ready({"round": number, "phase": "decision"})
        chosen: Mapping[str, str] = {name: self._chance.choice("CD") for name in own}
        if self._talk is not None:
            chosen = self._talk.order(Seat(seat))
        return {"type": "save_order", "round": number, "actions": chosen, "is_ready": True}

    def _is_waiting(self, seat: str) -> bool:
        return self._talk is not None and not self._talk.is_settled(Seat(seat))

    def _begin(self, event: Event) -> None:
        scenario = event["scenario"]
        self._arenas = {arena["name"]: tuple(arena["members"]) for arena in scenario["arenas"]}
        self._seats = [player["seat"] for player in scenario["players"]]
        if scenario["press"] != "none":
            self._talk = RehearsedTalk(str(self._chance.random()))


def _ready(opening: Event) -> Command:
    number, phase = opening["round"], opening["phase"]
    return {"type": "set_ready", "round": number, "phase": phase, "is_ready": True}
