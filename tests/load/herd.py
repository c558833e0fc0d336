"""How large rooms and a thousand orders at once do, over real sockets.

    python -m tests.load.herd [--runs 3]

64 seats in one arena, and 100 in pairs that are drawn again, play ten rounds. The clock of a reveal
starts when the last order is sent, and stops when a person has the whole message. Printed are the
ms at p50 and p99, the kB that a reveal is for a person at most, and what the server takes of the
processor for a round. Then 500 rooms of two order at once: when the first person, half of them and
the last have their reveal. Whoever is thrown out ends the program.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.load.compare import ORDERS, SEATS
from tests.load.hosted import SCENARIOS, Hosted, hosting
from tests.load.lean import Ears, Wire, command
from tests.load.machine import busy_s, percentile
from tests.server.edge.test_large_rooms import crowd, pair

ROUNDS = 10
CROWD, CLASS, ROOMS = 64, 100, 500
RESOLVED = b"round_resolved"


class Person:
    """Somebody at a table. arena: where the next choice is made."""

    def __init__(self, wire: Wire, seat: str, arena: str) -> None:
        self.wire, self.seat, self.arena = wire, seat, arena

    def heed(self, message: bytes) -> None:
        """Find out where the person plays next; pairs are drawn again every round."""
        told = json.loads(message)
        for frame in told if isinstance(told, list) else [told]:
            for event in frame.get("events", ()):
                self._heed(event)

    def _heed(self, event: Mapping[str, Any]) -> None:
        arenas = event["scenario"]["arenas"] if event["type"] == "match_created" else ()
        arenas = [event["arena"]] if event["type"] == "arena_opened" else arenas
        for arena in arenas:
            if self.seat in arena["members"]:
                self.arena = arena["name"]

    def order(self, number: int) -> bytes:
        """Make the frame of a choice."""
        body = {"round": number, "actions": {self.arena: "C"}, "is_ready": True}
        return command(f"r{number}", {"type": "save_order", **body})


def play(server: Hosted, name: str, people: Sequence[Person]) -> None:
    """Play the rounds of one match, and print."""
    ears, marks_ms, sizes = Ears([x.wire for x in people]), [], []
    busy = busy_s(server.pid)
    for number in range(1, ROUNDS + 1):
        frames = [x.order(number) for x in people]
        for x, frame in zip(people, frames, strict=True):
            x.wire.bytes_read = 0
            x.wire.send(frame)
        sent = time.perf_counter()
        shown = ears.until_all(RESOLVED)
        marks_ms += [(at - sent) * 1000 for at, _ in shown.values()]
        sizes += [x.wire.bytes_read / 1000 for x in people]
        for x in people:
            x.heed(shown[x.wire][1])
    busy_ms = (busy_s(server.pid) - busy) * 1000 / ROUNDS
    p50, p99 = percentile(marks_ms, 0.5), percentile(marks_ms, 0.99)
    print(f"{name:28} {p50:7.1f} {p99:7.1f} {max(sizes):8.1f} {busy_ms:8.1f}", flush=True)
    ears.close()


def crowd_of(server: Hosted) -> list[Person]:
    """Seat the largest arena."""
    seats = [f"S{number:02}" for number in range(1, CROWD + 1)]
    wires = server.room("crowd", seats)
    return [Person(wire, seat, "crowd") for wire, seat in zip(wires, seats, strict=True)]


def class_in_pairs(server: Hosted) -> list[Person]:
    """Assign the largest class to pairs that are drawn again every round."""
    wanted = {"name": "Class", "scenario": "pair", "pairing": "random"}
    made = server.web.post("/api/seminars", wanted, server.token)
    joined = [
        server.web.post("/api/join", {"code": made["code"], "name": f"Person {number}"})
        for number in range(CLASS)
    ]
    seminar = f"/api/seminars/{made['seminar']}"
    server.web.post(f"{seminar}/deal", {"matches": 1}, made["token"])
    places = [server.web.post("/api/seminars/place", {}, x["seminar"]["token"]) for x in joined]
    people = [_in_pairs(*server.greet(place["token"])) for place in places]
    start = {"match": places[0]["match"], "id": "start", "command": {"type": "start_match"}}
    server.web.post(f"{seminar}/commands", {"commands": [start]}, made["token"])
    for person in people:
        person.wire.until(b'"phase":"decision"')
    return people


def _in_pairs(wire: Wire, welcome: bytes) -> Person:
    seat = json.loads(welcome)[0]["you"]["seat"]
    person = Person(wire, seat, "")
    person.heed(welcome)
    return person


def all_at_once(server: Hosted) -> tuple[float, float, float]:
    """Let all rooms order in the same instant; return the ms of the first, half and the last."""
    wires = [wire for _ in range(ROOMS) for wire in server.room("rooms", SEATS)]
    ears, sent = Ears(wires), time.perf_counter()
    for wire in wires:
        wire.send(ORDERS[1])
    shown_ms = [(at - sent) * 1000 for at, _ in ears.until_all(RESOLVED).values()]
    ears.close()
    return min(shown_ms), statistics.median(shown_ms), max(shown_ms)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        seats = [f"S{number:02}" for number in range(1, CROWD + 1)]
        (folder / "crowd.toml").write_text(crowd(seats, ROUNDS + 1))
        (folder / "pair.toml").write_text(pair(ROUNDS + 1))
        (folder / "rooms.toml").write_text((SCENARIOS / "rooms.toml").read_text())
        with hosting(folder, folder) as server:
            print(f"{'':28} {'p50 ms':>7} {'p99 ms':>7} {'kB most':>8} {'CPU ms':>8}")
            for _ in range(runs):
                play(server, f"{CROWD} in one arena", crowd_of(server))
                play(server, f"{CLASS} in pairs", class_in_pairs(server))
            print(f"{'':28} {'first':>7} {'half':>7} {'last ms':>8}")
            for _ in range(runs):
                first, half, last = all_at_once(server)
                print(f"{2 * ROOMS} orders at once".ljust(28), end=" ")
                print(f"{first:7.1f} {half:7.1f} {last:8.1f}", flush=True)


if __name__ == "__main__":
    main()
