"""A whole rehearsal: bots join, are assigned to matches, play to the end, and report.

With the host's link it creates its own seminar, which is archived at the end. With a link to join,
the bots take part in that seminar or match, and its facilitator leads.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from client.bot.errors import CannotJoin
from client.bot.http import ask
from client.bot.joining import JoinLink, parse_join_link
from client.rehearsal.participant import Participant
from client.rehearsal.tally import Report, Tally

Tell = Callable[[str], None]

COME_AT_ONCE = 8
LOOK_S = 0.5
NAME = "Rehearsal"


@dataclass(frozen=True, slots=True)
class Script:
    """Settings of a rehearsal. think_s: the longest wait of a bot before it acts.

    scenario, like: what the rehearsal's own seminar plays; like is the code of a seminar to copy.
    matches: None leaves the number to the server. longest_s: when the rehearsal gives up.
    """

    bots: int
    seed: str
    think_s: float = 1.0
    scenario: str = "south_china_sea"
    like: str | None = None
    matches: int | None = None
    longest_s: float = 1800


async def rehearse(link: str, script: Script, tell: Tell) -> Report:
    """Rehearse at the host's link, or at one to join. Raises CannotJoin."""
    stage = await asyncio.to_thread(_stage, link, script)
    tally, began_s = Tally(), time.perf_counter()
    bots = [
        Participant(f"Bot {number:03}", stage.link, tally, script.think_s, script.seed)
        for number in range(1, script.bots + 1)
    ]
    try:
        await _come(bots, tally, tell)
        await _play(bots, stage, script, tally, tell)
    finally:
        await asyncio.to_thread(stage.put_away)
    return Report(script.bots, time.perf_counter() - began_s, tally)


class Stage:
    """The seminar or match of the bots. Only the rehearsal's own one is led from here."""

    def __init__(self, link: JoinLink, seminar: str = "", token: str = "") -> None:
        self.link = link
        self._seminar, self._token = seminar, token

    @property
    def is_own(self) -> bool:
        """Tell whether this rehearsal leads the seminar."""
        return self._seminar != ""

    def deal(self, matches: int | None) -> dict[str, Any]:
        """Assign the bots to matches."""
        return self._ask("/deal", {"matches": matches})

    def start(self, matches: set[str]) -> None:
        """Start every match at once."""
        commands = [
            {"match": match, "id": "start", "command": {"type": "start_match"}} for match in matches
        ]
        for outcome in self._ask("/commands", {"commands": commands}):
            if not outcome["ok"]:
                raise CannotJoin(f"a match could not be started: {outcome['message']}")

    def put_away(self) -> None:
        """Archive the rehearsal's own seminar, which nobody may join any more."""
        if self.is_own:
            self._ask("", {"is_archived": True}, "PATCH")

    def _ask(self, what: str, body: dict[str, Any], method: str = "POST") -> Any:
        path = f"/api/seminars/{self._seminar}{what}"
        return ask(self.link.server, path, body, self._token, method)


def _stage(link: str, script: Script) -> Stage:
    parts = urlsplit(link)
    screen, _, secret = unquote(parts.fragment).strip("/").partition("/")
    if screen != "host":
        return Stage(parse_join_link(link))
    server = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))
    host = ask(server, "/api/host", {"secret": secret})["token"]
    led = ask(server, "/api/seminars", _wanted(server, host, script), host)
    return Stage(JoinLink(server, led["code"]), led["seminar"], led["token"])


def _wanted(server: str, host: str, script: Script) -> dict[str, Any]:
    """Describe the seminar to create; a copy has the scenario, clock and treatments."""
    wanted: dict[str, Any] = {"name": NAME, "is_rehearsal": True}
    if script.like is None:
        return {**wanted, "scenario": script.scenario}
    plain = script.like.replace("-", "").replace(" ", "").upper()
    seminars = ask(server, "/api/seminars", None, host)
    found = next((x for x in seminars if x["code"].replace("-", "") == plain), None)
    if found is None:
        raise CannotJoin(f"no seminar has the code {script.like}; see the list on the first page")
    kept = ("scenario", "pace", "pairing", "bot", "treatments")
    return {**wanted, **{name: found[name] for name in kept}}


async def _come(bots: list[Participant], tally: Tally, tell: Tell) -> None:
    """Let bots join a few at a time, as people do."""
    gate = asyncio.Semaphore(COME_AT_ONCE)

    async def come(bot: Participant) -> None:
        async with gate:
            await bot.come()
            tell(f"{tally.came} of {len(bots)} have come")

    await asyncio.gather(*(come(bot) for bot in bots))


async def _play(
    bots: list[Participant], stage: Stage, script: Script, tally: Tally, tell: Tell
) -> None:
    playing = [asyncio.create_task(bot.play()) for bot in bots]
    leading = asyncio.create_task(_lead(bots, stage, script, tally, tell))
    everybody = asyncio.gather(leading, *playing)
    try:
        async with asyncio.timeout(script.longest_s):
            await everybody
    except TimeoutError:
        tally.note_problem(f"not over after {script.longest_s:.0f} s; it was given up")
    finally:
        for task in (*playing, leading):
            task.cancel()
        await asyncio.gather(*playing, leading, return_exceptions=True)


async def _lead(
    bots: list[Participant], stage: Stage, script: Script, tally: Tally, tell: Tell
) -> None:
    """Create and start the matches if the rehearsal leads, and report progress."""
    if stage.is_own:
        dealt = await asyncio.to_thread(stage.deal, script.matches)
        tell(f"{len(dealt['sizes'])} matches made, {dealt['bots']} seats left to built-in bots")
        await tally.all_placed(len(bots))
        await asyncio.to_thread(stage.start, set(tally.matches))
    while tally.finished < len(bots):
        tell(_progress(bots, tally))
        await asyncio.sleep(LOOK_S)


def _progress(bots: list[Participant], tally: Tally) -> str:
    if not tally.rounds:
        waiting = "waiting for the facilitator" if not tally.matches else "matches begin"
        return f"{waiting}; {tally.placed} of {len(bots)} have a place"
    highest = max(number for _, number in tally.rounds)
    return f"round {highest}; {len(tally.rounds)} rounds shown, {len(tally.problems)} problems"
