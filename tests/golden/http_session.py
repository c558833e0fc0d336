"""Everything that can be asked over HTTP, asked once or more of one server; ids are the same."""

import asyncio
import json
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zipfile import ZipFile

import httpx
from starlette.applications import Starlette

from tests.fakes import ManualClock, fresh_database
from tests.golden.matches import FOLDER
from tests.golden.project import (
    SOFTWARE_VERSION,
    THE_FACILITATOR,
    Action,
    Actor,
    Analyses,
    MatchId,
    PersonId,
    Role,
    Seat,
    Sender,
    Settings,
    SqliteStore,
    Tournaments,
    commands,
    create_app,
    described,
    events,
    load_scenario,
    save_summaries,
    threads,
    write_record,
)
from tests.golden.same_ids import same_ids
from tests.server.running import library, running, services_of

HTTP = FOLDER / "http"
OPENAPI, ANSWERS = HTTP / "openapi.json", HTTP / "answers.json"
ZIP = "application/zip"
THE_HOST = Sender("facilitator", THE_FACILITATOR)


def an_app(folder: Path) -> Starlette:
    """Make a server that offers a few scenarios."""
    offered = {**library(), "chicken": load_scenario("chicken")}
    settings = Settings(
        database=fresh_database(folder), scenario_folder=None, failed_tries_burst=10_000
    )
    app = create_app(settings, ManualClock(), offered)
    parts = services_of(app)  # processes are slow to begin
    assert isinstance(parts.store, SqliteStore)
    parts.tournaments = Tournaments(parts.store, parts.clock, threads(1))
    parts.analyses = Analyses(threads(1), wait_s=60)
    return app


def openapi() -> dict[str, Any]:
    """Give the description of all that can be asked."""
    document = described().openapi()
    document["info"]["version"] = "VERSION"
    return document


async def answers(folder: Path) -> list[list[Any]]:
    """Ask for everything: each question, who asked, the status, and the answer."""
    with same_ids():
        app = an_app(folder)
        async with running(app) as client:
            client.headers["user-agent"] = "golden"
            visit = Visit(app, client)
            for part in (_anyone, _match, _branch, _seminar, _tournament, _guest, _models, _friday):
                await part(visit)
    return visit.heard


class Visit:
    """One client; keeps what it asked and what it heard. Who asks is known by a token's name."""

    def __init__(self, app: Starlette, client: httpx.AsyncClient) -> None:
        self.services = services_of(app)
        self.heard: list[list[Any]] = []
        self.tokens: dict[str, str] = {}
        self._client = client

    async def get(self, path: str, who: str = "") -> Any:
        """Ask to be shown something."""
        return await self.ask("GET", path, who)

    async def post(self, path: str, who: str = "", **body: Any) -> Any:
        """Ask for something to be done."""
        return await self.ask("POST", path, who, json=body)

    async def ask(self, method: str, path: str, who: str = "", **more: Any) -> Any:
        """Ask, keep the answer, and give it."""
        headers = {"authorization": f"Bearer {self.tokens[who]}"} if who else {}
        headers |= more.pop("headers", {})
        await self._bots_have_done()
        answer = await self._client.request(method, path, headers=headers, **more)
        kind = answer.headers.get("content-type", "").split(";")[0]
        text = "" if kind == ZIP else answer.text.replace(f'"{SOFTWARE_VERSION}"', '"VERSION"')
        said = json.loads(text) if kind == "application/json" else _kept(text)
        if kind == ZIP:
            said = _first_lines(answer.content)
        self.heard.append([method, path, who, _shown(more), answer.status_code, kind, said])
        return said

    async def _bots_have_done(self) -> None:
        """Wait until no match is at work, so that it does not matter how fast the bots speak."""
        await self.services.registry.settle()

    async def host(self, match: str) -> Any:
        """Find the host of a match, for what is asked over a socket."""
        return await self.services.registry.host(MatchId(match))


def _first_lines(packed: bytes) -> dict[str, str]:
    """Keep the first line of each file of a zip."""
    with ZipFile(BytesIO(packed)) as file:
        return {name: file.read(name).decode().partition("\n")[0] for name in file.namelist()}


def _kept(text: str) -> str:
    """Keep a text, but of a record no hashes: which software wrote it changes them."""
    if not text.startswith('{"format"'):
        return text
    lines = (json.loads(line) for line in text.splitlines())
    bodies = [{name: x for name, x in line.items() if name != "hash"} for line in lines]
    return json.dumps(bodies)


def _shown(more: dict[str, Any]) -> Any:
    content = more.get("json", more.get("content"))
    return content if len(str(content)) < 500 else f"{len(str(content))} letters"


async def _anyone(visit: Visit) -> None:
    for path in ("health/live", "health/ready", "scenarios", "strategies", "nothing"):
        await visit.get(f"/api/{path}")
    for name in ("plain", "chicken", "chikcen"):
        await visit.get(f"/api/scenarios/{name}")
    await visit.post("/api/host", secret="wrong")  # noqa: S106
    await visit.post("/api/host", secret="")
    await visit.post("/api/host", secret=7)
    await visit.post("/api/host")
    await visit.ask("GET", "/api/host")
    await visit.ask("DELETE", "/api/matches")
    for content in (b"{", b"[]", b'{"secret":"a","secret":"b"}', b"\xff", b"x" * 300_000):
        head = {"content-type": "application/json"}
        await visit.ask("POST", "/api/host", content=content.decode("latin-1"), headers=head)
    granted = await visit.post("/api/host", secret=visit.services.host_secret)
    visit.tokens["host"] = granted["token"]


async def _match(visit: Visit) -> None:
    wanted: dict[str, Any] = {"scenario": "plain", "pace": 1.0, "seed": "7", "is_repeatable": True}
    await visit.post("/api/matches", **wanted)
    for wrong in ({"scenario": "plan"}, {"pace": 99}, {"seed": ""}, {"extra": 1}, {"pace": "1"}):
        await visit.post("/api/matches", "host", **{**wanted, **wrong})
    made = await visit.post("/api/matches", "host", **wanted)
    match, code = made["match"], made["code"]
    visit.tokens["lead"] = made["token"]
    path = f"/api/matches/{match}"
    await visit.get("/api/matches")
    for who in ("", "host", "lead"):
        await visit.post(f"{path}/lead", who)
    await visit.post("/api/matches/nothing/lead", "host")
    asked: dict[str, Any] = {"code": code, "name": "Ann"}
    for name, value in (("code", "WRNG-CODE"), ("name", ""), ("name", "x" * 99), ("extra", 1)):
        await visit.ask("POST", "/api/join", json={**asked, name: value})
    ann = await visit.post("/api/join", code=code, name=" Ann  Ä ")
    await visit.post("/api/find", code=code)
    watch = await visit.post("/api/watch", code=code.lower())
    await visit.post("/api/watch", code="WRNG-CODE")
    visit.tokens |= {"ann": ann["token"], "observer": watch["token"]}
    await visit.get(path)
    await visit.get("/api/matches/nothing")
    for what in ("log", "record", "table"):
        await visit.get(f"{path}/{what}")
    await _co_facilitator(visit, path)
    await _play(visit, match, ann["person"])
    await _advice(visit, path)
    visit.tokens |= {"match": match, "code": code}


async def _co_facilitator(visit: Visit, path: str) -> None:
    for who, name in (("", "Dr Co"), ("ann", "Dr Co"), ("lead", "")):
        await visit.post(f"{path}/facilitators", who, name=name)
    invited = await visit.post(f"{path}/facilitators", "lead", name="Dr  Co")
    await visit.post("/api/lead", secret="wrong")  # noqa: S106
    leading = await visit.post("/api/lead", **invited)
    visit.tokens["co"] = leading["token"]
    await visit.post("/api/lead", **invited)
    await visit.post(f"{path}/facilitators", "co", name="Another")


async def _play(visit: Visit, match: str, person: str) -> None:
    """Sit Ann down, and play into the second round."""
    host = await visit.host(match)
    hand = Sender(f"person:{person}", Actor(Role.PLAYER, person=PersonId(person)))
    await host.ask(commands.TakeSeat(Seat("CHN"), "Ann"), hand, "c1")
    for seat in ("JPN", "PHL"):
        await host.ask(commands.SeatBot(Seat(seat), "liberal"), THE_HOST)
    await host.ask(commands.StartMatch(), THE_HOST)
    for phase in ("briefing", "negotiation", "decision", "reveal", "negotiation"):
        if phase == "decision":
            await host.ask(commands.Say((Seat("JPN"),), "Hello", None), hand, "c2")
            await host.ask(commands.SaveOrder(1, {"strait": Action.C}), hand, "c3")
        skip = commands.SkipPhase(host.position.round, events.Phase(phase))
        await host.ask(skip, THE_HOST)
        await host.settle()


async def _advice(visit: Visit, path: str) -> None:
    for who, view in (("lead", "archive"), ("lead", "CHN"), ("host", "public"), ("co", "XXX")):
        await visit.get(f"{path}/look?as={view}", who)
    for who in ("", "ann"):
        await visit.get(f"{path}/look", who)
    for what in ("advice", "moves"):
        for who, seat in (("ann", ""), ("lead", "?seat=PHL"), ("lead", ""), ("observer", "")):
            await visit.get(f"{path}/{what}{seat}", who)
        await visit.get(f"{path}/{what}")
        await visit.get(f"{path}/{what}?seat=XXX", "lead")


async def _branch(visit: Visit) -> None:
    match = visit.tokens["match"]
    path = f"/api/matches/{match}"
    for who, body in (("", {}), ("ann", {}), ("lead", {"round": 9}), ("lead", {"phase": "night"})):
        await visit.post(f"{path}/branch", who, **body)
    branch = (await visit.post(f"{path}/branch", "lead", round=1, phase="reveal"))["match"]
    await visit.post(f"{path}/branch", "lead")
    await visit.get(f"{path}/record")
    host = await visit.host(branch)
    await host.ask(commands.ResumeMatch(), THE_HOST)
    await host.ask(commands.SkipPhase(1, events.Phase.DECISION), THE_HOST)
    await host.ask(commands.EndMatch(), THE_HOST)
    await host.settle()
    trunk = await visit.host(match)
    while not trunk.position.is_over:  # noqa: ASYNC110 (a branch replaces it a moment later)
        await asyncio.sleep(0.001)
    await save_summaries(visit.services)
    for one in (path, f"/api/matches/{branch}"):
        for who in ("", "ann"):
            await visit.get(one, who)
            await visit.get(f"{one}/log", who)
        for who in ("ann", "co", "lead"):
            await visit.ask("PATCH", one, who, json={"is_open_to_link": True})
        for view in ("archive", "public", "CHN", "XXX"):
            await visit.get(f"{one}/log?as={view}")
        await visit.get(f"{one}/record")
        for what in ("decisions", "talk", "pledges", "moves", "forecasts", "all"):
            await visit.get(f"{one}/table?what={what}")
        await visit.get(f"{one}/export")
        await visit.get(f"{one}/export?format=txt")
        for who in ("", "ann", "lead"):
            await visit.get(f"{one}/key", who)
    await _analysis(visit, branch)
    for who, person in (("", "p1"), ("co", "p1"), ("lead", "p9"), ("lead", "p1"), ("lead", "p1")):
        await visit.post(f"/api/matches/{branch}/people/{person}/forget", who)
    await visit.get(f"{path}/log?as=CHN")
    code = visit.tokens["code"]
    for what in ("find", "watch"):
        await visit.post(f"/api/{what}", code=code)
    await visit.post("/api/join", code=code, name="Late")
    await visit.get("/api/matches", "host")
    await _library(visit, branch)


async def _library(visit: Visit, match: str) -> None:
    for who, added in (("ann", "exam"), ("lead", " Exam"), ("lead", ""), ("host", "best")):
        await visit.ask("PATCH", f"/api/matches/{match}/tags", who, json={"add": [added]})
    await visit.ask("PATCH", f"/api/matches/{match}/tags", "host", json={"remove": ["BEST"]})
    for query in ("", "?tag=exam&seats=3&standing=ended", "?outlook=sunny", "?after=x", "?x=1"):
        await visit.get(f"/api/library{query}", "host")
    for who in ("", "lead", "host"):
        await visit.get("/api/library/filters", who)


async def _analysis(visit: Visit, match: str) -> None:
    host = await visit.host(match)
    result = host.position.history[0].results[0]
    choice = f"round=1&seat={next(iter(result.actions))}&arena={quote(result.arena)}"
    record = write_record(host.events, "VERSION", host.names)
    for way in (
        "moments",
        "debrief",
        f"what-if?{choice}",
        "what-if",
        f"average?{choice}",
        "forecast?start=1",
        "forecast?start=99",
    ):
        await visit.get(f"/api/matches/{match}/{way}", "lead")
        await visit.ask("POST", f"/api/records/{way}", "lead", content=record)
    await visit.ask("POST", "/api/records/log?as=CHN", "lead", content=record)
    await visit.ask("POST", "/api/records/log?as=CHN", "", content=record)
    note = {"at": "r1", "title": "The first round", "text": "", "is_chapter": True}
    for who, version in (("", 0), ("lead", 0), ("lead", 0)):
        keep = {"json": {"version": version, "notes": [note]}}
        await visit.ask("PUT", f"/api/matches/{match}/notes", who, **keep)
    await visit.get(f"/api/matches/{match}/notes", "lead")
    text = "detente-notation/1\nscenario: prisoners_dilemma\nseed: 7\n1. ROW C; COLUMN D\n"
    await visit.ask("POST", "/api/notations/record", "", content=text)
    await visit.ask("POST", "/api/notations/record", "", content=text.replace("ROW", "RAW"))


async def _seminar(visit: Visit) -> None:
    wanted: dict[str, Any] = {"name": "Monday", "scenario": "quick", "pace": None}
    await visit.post("/api/seminars", **wanted)
    for wrong in ({"scenario": "quik"}, {"bot": "nobody"}, {"pairing": "random"}, {"name": " "}):
        await visit.post("/api/seminars", "host", **{**wanted, **wrong})
    treatments = [
        {"name": "fog", "changes": {"monitoring": 0.8, "moves": []}},
        {"name": "masked", "changes": {"is_masked": True, "press": "none"}},
    ]
    led = await visit.post("/api/seminars", "host", **wanted, treatments=treatments)
    visit.tokens["class lead"] = led["token"]
    path = f"/api/seminars/{led['seminar']}"
    people = []
    for name in ("Ann", "Bo", "Chi", "Dev"):
        people.append(await visit.post("/api/join", code=led["code"], name=name))
        visit.tokens[name] = people[-1]["seminar"]["token"]
    await visit.post("/api/join", code=led["code"], name="Ann", key="WRNG-KEY")
    for who in ("", "host", "Ann", "class lead"):
        await visit.get(path, who)
    await visit.get(f"{path}/scenario", "class lead")
    await visit.get(f"{path}/luck", "class lead")
    await visit.post("/api/seminars/place", "Ann")
    await visit.post("/api/seminars/place")
    await visit.post(f"{path}/lead", "host")
    await visit.post(f"{path}/lead", "Ann")
    await visit.post(f"{path}/facilitators", "class lead", name="Dr Co")
    await visit.post(f"{path}/deal", "class lead", matches=2, is_preview=True)
    for wrong in ({"matches": 0}, {"matches": 99}, {"matches": 3}):
        await visit.post(f"{path}/deal", "class lead", **wrong)
    await visit.post(f"{path}/deal", "class lead", matches=2)
    await visit.post(f"{path}/deal", "class lead", matches=2)
    for who in ("Ann", "Bo"):
        await visit.post("/api/seminars/place", who)
    roster = await visit.services.seminars.roster(led["seminar"])
    await _console(visit, path, [x.match for x in roster.matches], [x["person"] for x in people])


async def _console(visit: Visit, path: str, matches: list[str], people: list[str]) -> None:
    await visit.post(f"{path}/matches/{matches[0]}/lead", "class lead")
    await visit.post(f"{path}/matches/nothing/lead", "class lead")
    asked = [
        {"match": match, "id": f"c{number}", "command": command}
        for number, (match, command) in enumerate(
            [(match, {"type": "start_match"}) for match in matches]
            + [(matches[0], {"type": "start_match"}), ("nothing", {"type": "pause_match"})]
        )
    ]
    await visit.post(f"{path}/commands", "class lead", commands=asked)
    await visit.post(f"{path}/commands", "class lead", commands=[])
    bad = {"match": matches[0], "id": "c9", "command": {"type": "surrender"}}
    await visit.post(f"{path}/commands", "class lead", commands=[bad])
    await visit.post(f"{path}/people/{people[0]}/key", "class lead")
    await visit.post(f"{path}/people/nobody/key", "class lead")
    await visit.post(f"{path}/people/{people[1]}/move", "class lead", match=matches[1])
    await visit.post(f"{path}/people/{people[1]}/move", "class lead", match="nothing")
    await visit.post(f"{path}/people/{people[3]}/remove", "class lead")
    await visit.get(path, "class lead")
    ends = [{"match": match, "id": "end", "command": {"type": "end_match"}} for match in matches]
    await visit.post(f"{path}/commands", "class lead", commands=ends)
    await visit.get(f"{path}/luck", "class lead")
    await visit.get(f"{path}/duplicate", "class lead")
    await visit.get(f"/api/matches/{matches[0]}/duplicate", "class lead")
    for part in ("export", "key"):
        for who in ("", "Ann", "class lead"):
            await visit.get(f"{path}/{part}", who)
    await visit.ask("PATCH", path, "class lead", json={"name": "Tuesday", "is_archived": True})
    await visit.ask("PATCH", path, "Ann", json={"name": "Mine"})
    await visit.get("/api/seminars", "host")
    await visit.get("/api/seminars")
    await visit.post(f"{path}/wall", "Ann")
    visit.tokens["wall"] = (await visit.post(f"{path}/wall", "class lead"))["token"]
    for who in ("wall", "class lead", ""):
        await visit.get(f"{path}/tables/{matches[0]}", who)
    await visit.get(f"{path}/tables/nothing", "wall")


async def _friday(visit: Visit) -> None:
    wanted: dict[str, Any] = {"name": "Friday", "scenario": "quick", "pace": None}
    led = await visit.post("/api/seminars", "host", **wanted)
    visit.tokens["friday lead"] = led["token"]
    path = f"/api/seminars/{led['seminar']}"
    await visit.post("/api/join", code=led["code"], name="Ann")
    await visit.post(f"{path}/deal", "friday lead", matches=1)
    await visit.get(f"{path}/debrief", "friday lead")
    (known,) = (await visit.services.seminars.roster(led["seminar"])).matches
    acts = (
        {"type": "start_match"},
        {"type": "skip_phase", "round": 0, "phase": "briefing"},
        {"type": "skip_phase", "round": 1, "phase": "decision"},
        {"type": "end_match"},
    )
    for number, act in enumerate(acts):
        one = {"match": known.match, "id": f"f{number}", "command": act}
        await visit.post(f"{path}/commands", "friday lead", commands=[one])
    for who in ("", "Ann", "friday lead"):
        await visit.get(f"{path}/debrief?names=false", who)


async def _tournament(visit: Visit) -> None:
    wanted: dict[str, Any] = {"entrants": ["tit_for_tat", "grudger", "random"], "turns": 5}
    path = "/api/tournaments"
    await visit.post(path, **wanted)
    for wrong in ({"entrants": []}, {"entrants": ["nobody"]}, {"turns": 0}, {"kind": "league"}):
        await visit.post(path, "host", **{**wanted, **wrong})
    for more in ({"seed": "7"}, {"seed": "7", "kind": "ecological", "exact": True, "noise": 0.1}):
        card = await visit.post(path, "host", **wanted, **more)
        own = f"{path}/{card['id']}"
        await _over(visit, card["id"])
        await visit.get(own)
        await visit.get(f"{own}/match?a=0&b=1")
        await visit.get(f"{own}/match?a=0&b=2&repetition=1")
        for table in ("standings", "pairs", "matches"):
            await visit.get(f"{own}/csv?table={table}")
    for own in ("", "/match?a=0&b=1", "/csv"):
        await visit.get(f"{path}/nothing{own}")
    await visit.get(f"{path}/{card['id']}/match?a=0&b=9")
    await visit.get(f"{path}/{card['id']}/match?a=-1&b=9")
    for own in (card["id"], "nothing"):
        await visit.get(f"{path}/{own}/matrices")
    await visit.get(path, "host")
    await visit.get(path)


async def _over(visit: Visit, tournament: str) -> None:
    """Wait for the end of a tournament, which other threads play."""
    card_of = visit.services.tournaments.card
    async with asyncio.timeout(60):
        while (await card_of(tournament)).progress != "finished":  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def _guest(visit: Visit) -> None:
    """Come last: the ids of all that is asked before stay the same."""
    await visit.get("/api/play")
    await visit.post("/api/play")
    await visit.post("/api/play", scenario="nothing")


async def _models(visit: Visit) -> None:
    """Play on from the match that was given up, and from its record."""
    match = visit.tokens["match"]
    path, host = f"/api/matches/{match}", await visit.host(match)
    record = write_record(host.events, "VERSION", host.names)
    about: dict[str, Any] = {"round": 1, "seat": "CHN"}
    for who in ("", "ann"):
        await visit.post(f"{path}/play-on", who, **about)
    await visit.post(f"{path}/play-on", "ann", **about | {"round": 9})
    of_record = await visit.post("/api/records/play-on", "ann", **about, record=record)
    led: dict[str, Any] = {"round": 1, "people": ["CHN"], "bots": {"JPN": "realist"}}
    for who in ("ann", "lead"):
        await visit.post(f"{path}/model", who, **led)
    of_match = await visit.post(f"{path}/model", "lead", **led)
    for who in ("ann", "host"):
        await visit.post("/api/records/model", who, **led, record=record)
    for begun in (of_record, of_match):
        visit.tokens["model"] = begun["token"]
        model = await visit.host(begun["match"])
        await model.ask(commands.EndMatch(), THE_HOST)
        await save_summaries(visit.services)
        beside = f"/api/matches/{begun['match']}/beside"
        await visit.get(beside, "model")
        await visit.post(beside, "model", record=record)
    await visit.get(f"{path}/beside", "lead")
