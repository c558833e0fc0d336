"""A record, and records forged from it."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.match import commands as c
from game_rules.records.record import (
    read_record,
    verify,
    write_record,
)
from game_rules.roles import THE_CLOCK
from game_rules.scenario.injects import Inject
from tests.game_rules.scenes import (
    CHN,
    JPN,
    PHL,
    Table,
    deadline_of,
    person,
)


def a_table() -> Table:
    """A match with everything in it: talk, a bot, a pause, outages, news, missing orders."""
    table = Table().seat(CHN, JPN).bots(PHL).start()
    table.do(c.Say((JPN,), "Ünïcode: دیتانت", e.Act.PROMISE), person("CHN"))
    table.skip_to(Phase.DECISION)
    table.order(CHN, is_ready=True, strait="C", forum="C")
    table.order(PHL, forum="D")
    table.now_ms += 10
    table.do(c.PauseMatch())
    table.now_ms += 500
    table.do(c.ResumeMatch())
    table.do(c.ExtendDeadline(1000))
    table.do(c.MakeUpOutage(30), THE_CLOCK)
    table.now_ms = deadline_of(table) + 20
    table.do(c.MakeUpOutage(30, least_ms=400), THE_CLOCK)
    table.do(c.OpenInject(Inject("storm", "A storm", "It rains.", 2)))
    table.do(c.CloseInject("storm"))
    table.now_ms = deadline_of(table)
    table.pass_deadline()
    table.skip_to(Phase.NEGOTIATION, 2)
    table.do(c.ClearSeat(PHL))
    table.ready(CHN)
    table.ready(JPN)
    table.order(JPN, strait="D", forum="D")
    table.order(JPN, forum="C")
    table.skip_to(Phase.DECISION, 3)
    table.do(c.SkipPhase(3, Phase.DECISION))
    table.do(c.SkipPhase(3, Phase.REVEAL))
    table.do(c.Say((), "Well played.", None))
    assert table.position.is_over
    return table


LOG = a_table().log


TEXT = write_record(LOG, "1.2.3")


RAW = TEXT.encode()


LINES = RAW.split(b"\n")[:-1]


def check(raw: bytes) -> None:
    """Do all that `detente verify` does."""
    verify(read_record(raw))


def forge(log: Sequence[e.Event]) -> bytes:
    """Write a log as a record whose hashes are all in order."""
    return write_record(log, "forged").encode()


def rehash(bodies: Sequence[Any]) -> bytes:
    """Write any bodies as lines whose hashes are all in order."""
    previous, lines = "", []
    for body in bodies:
        text = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
        previous = sha256(f"{previous}\n{text}".encode(errors="replace")).hexdigest()
        hashed = json.dumps({**body, "hash": previous}, separators=(",", ":"), ensure_ascii=False)
        lines.append(hashed + "\n")
    return "".join(lines).encode(errors="surrogatepass")


def bodies_of(raw: bytes) -> list[dict[str, Any]]:
    """Give a record's lines without their hashes."""
    bodies = [json.loads(line) for line in raw.splitlines()]
    for body in bodies:
        del body["hash"]
    return bodies


# Forged matches


def place_of(kind: type, nth: int = 0) -> int:
    """Find where in the plain log the nth event of a kind stands."""
    return [n for n, event in enumerate(LOG) if isinstance(event, kind)][nth]
