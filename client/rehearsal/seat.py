"""The state of a rehearsing bot, and its next action. Knows frames, not sockets.

It reads events as they are on the wire and keeps only what it needs to act: a hundred of these must
not slow down what they measure. Bots that play well are written with `client.bot`.
"""

import random
from collections.abc import Iterator, Mapping
from typing import Any

Command = dict[str, Any]
Event = Mapping[str, Any]

CALLS = ("phase_opened", "match_resumed")
"""Events that a bot answers: after a pause, it repeats commands that were refused."""

TALKING = 0.3
"""The probability that a bot sends a message in a negotiation."""


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
        self._press = "none"

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
                self._opening = event
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

    def moves(self, event: Event) -> Iterator[Command]:
        """Return the bot's commands after an event, once its thinking time is over."""
        if event["type"] not in CALLS or self.seat is None:
            return
        opening = event if event["type"] == "phase_opened" else self._opening
        if opening is None:
            return
        number, phase = opening["round"], opening["phase"]
        if phase == "decision":
            yield from self._order(number)
        elif phase != "lobby":
            yield from self._words(number, phase)
            yield {"type": "set_ready", "round": number, "phase": phase, "is_ready": True}

    def _order(self, number: int) -> Iterator[Command]:
        own = sorted(name for name, members in self._arenas.items() if self.seat in members)
        actions = {name: self._chance.choice("CD") for name in own}
        if actions:
            yield {"type": "save_order", "round": number, "actions": actions, "is_ready": True}
        else:
            yield {"type": "set_ready", "round": number, "phase": "decision", "is_ready": True}

    def _words(self, number: int, phase: str) -> Iterator[Command]:
        if phase == "negotiation" and self._press != "none" and self._chance.random() < TALKING:
            yield {"type": "say", "room": [], "text": f"Round {number}: let us see."}

    def _begin(self, event: Event) -> None:
        scenario = event["scenario"]
        self._arenas = {arena["name"]: tuple(arena["members"]) for arena in scenario["arenas"]}
        self._seats = [player["seat"] for player in scenario["players"]]
        self._press = scenario["press"]
