"""What `detente` prints: for every command and every --help, on files that are stored here.

Lines of one group run one after the other in one folder, for some look at what others left.
"""

import asyncio
import contextlib
import io
import os
import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest.mock import patch

from tests.golden.matches import FOLDER, log_of, record_of
from tests.golden.project import (
    SOFTWARE_VERSION,
    MatchId,
    NewEvent,
    dumps,
    main,
    migrate,
    scenario_names,
    store_for,
)
from tests.golden.same_ids import same_ids

CLI = FOLDER / "cli"
RECORDS = {
    "sea": "bots_south_china_sea",
    "people": "people_chicken",
    "talk": "people_india_pakistan",
    "bargains": "bargains_0",
    "branch": "branch_talked",
    "masked": "treated_masked_fog",
    "talk2": "rules2_people_taiwan_strait",
    "bargains2": "rules2_bargains_0",
    "branch2": "rules2_branch_talked",
}
"""Those of rules 1, and those of rules 2 under a name with a 2."""
SCENARIO = """\
title = "A strait"
summary = "Two shores and a harbour."
rounds = 3
briefing = ["Read this."]
questions = ["Why?"]

[[players]]
seat = "AAA"
name = "Near shore"
brief = "You are near."

[[players]]
seat = "BBB"
name = "Far shore"
brief = "You are far."

[[arenas]]
name = "strait"
title = "The strait"
about = "Who passes?"
domain = "security"
members = ["AAA", "BBB"]
game = "chicken"
"""
BOT = """\
from client.bot import Bot, C, D


class Alternates(Bot):
    \"\"\"Cooperates in odd rounds.\"\"\"

    def choose(self, view):
        return C if view.round % 2 else D


class Breaks(Bot):
    \"\"\"Raises in its third round.\"\"\"

    def choose(self, view):
        if view.round == 3:
            raise RuntimeError("lost my way")
        return C
"""
COMMANDS = (
    "serve play tournament evolve bot rehearse replay forecast debrief verify export"
    " scenario advise strategies"
)
OF_SCENARIO, OF_TOURNAMENT = "check list show table", "run list show match ladder"
DUEL = "--entrants tit_for_tat,alternator,grudger --turns 5"
FOUR = "--entrants tit_for_tat,alternator,grudger,random --seed 7"

GROUPS: Mapping[str, tuple[str, ...]] = {
    "help": (
        "",
        "--help",
        "-h",
        "--version",
        *(f"{command} --help" for command in COMMANDS.split()),
        "scenario",
        *(f"scenario {command} --help" for command in OF_SCENARIO.split()),
        "tournament",
        *(f"tournament {command} --help" for command in OF_TOURNAMENT.split()),
        "plya",
        "play",
        "play --sead 7 chicken",
        "--verison",
        "scenario chek",
        "tournament runn",
    ),
    "play": (
        "play chicken --seed 7",
        "play prisoners_dilemma --seed 7 --bots ROW=grudger,COLUMN=random --rounds 4",
        "play prisoners_dilemma --seed 7 --default-bot tit_for_tat --json",
        "play taiwan_strait --seed 7 --rounds 2",
        "play india_pakistan --seed 7 --default-bot diplomat --rounds 3 --record m.jsonl",
        "verify m.jsonl",
        "replay m.jsonl",
        "play strait.toml --seed 1 --json",
        "play chiken",
        "play chicken --bots ROW=tit_for_tatt",
        "play chicken --bots ROWS=tit_for_tat",
        "play chicken --bots ROW",
        "play chicken --default-bot nobody",
        "play chicken --rounds 0",
        "play chicken --rounds many",
        "play chicken --seed",
        "play bad.toml",
        "play nowhere.toml",
    ),
    "play_sea": ("play south_china_sea --seed 7",),
    "replay": (
        "replay people.jsonl",
        "replay people.jsonl --round 3",
        "replay people.jsonl --round 3 --as ROW",
        "replay people.jsonl --as public --json",
        "replay talk.jsonl",
        "replay branch.jsonl",
        "replay masked.jsonl --round 2",
        "replay bargains.jsonl --round 3 --as CHN",
        "replay people.jsonl --round 99",
        "replay people.jsonl --as ROWW",
        "replay nowhere.jsonl",
        "replay broken.jsonl",
        "replay finished --database sqlite:///matches.sqlite3 --round 2",
        "replay running --database sqlite:///matches.sqlite3",
        "replay nothing --database sqlite:///matches.sqlite3",
        "verify people.jsonl",
        "verify talk.jsonl",
        "verify branch.jsonl",
        "verify broken.jsonl",
        "verify short.jsonl",
        "verify strait.toml",
        "verify nowhere.jsonl",
    ),
    "replay_bargains": ("replay bargains.jsonl", "replay bargains.jsonl --json"),
    "replay_second": (
        "replay talk2.jsonl",
        "replay talk2.jsonl --round 1 --as public --json",
        "replay bargains2.jsonl",
        "replay bargains2.jsonl --round 2 --as CHN",
        "replay branch2.jsonl",
        "verify talk2.jsonl",
        "export bargains2.jsonl --format csv",
        "export bargains2.jsonl --format csv --what moves",
        "export talk2.jsonl --format csv --what talk",
        "export talk2.jsonl --format text",
    ),
    "export": (
        "export people.jsonl --format csv",
        "export people.jsonl --format text",
        "export people.jsonl --format jsonl",
        *(
            f"export bargains.jsonl --format csv --what {what}"
            for what in ["decisions", "talk", "pledges", "moves", "forecasts"]
        ),
        "export talk.jsonl --format csv --what talk",
        "export masked.jsonl --format csv --what decisions --output decisions.csv",
        "export people.jsonl",
        "export people.jsonl --format xml",
        "export people.jsonl --format csv --what tlak",
        "export people.jsonl --format text --what talk",
        "export finished --format csv --database sqlite:///matches.sqlite3",
        "export running --format jsonl --database sqlite:///matches.sqlite3",
    ),
    "scenario": (
        "scenario list",
        "scenario list --json",
        "scenario show chicken --json",
        "scenario show south_china_sea --power equal",
        "scenario show south_china_sea --power lowy",
        "scenario show south_china_sea --power muscle",
        "scenario show chikcen",
        "scenario check strait.toml",
        "scenario check bad.toml",
        "scenario check nowhere.toml",
        "scenario check broken.jsonl",
    ),
    "scenario_show": tuple(f"scenario show {name}" for name in scenario_names()),
    "scenario_table": (
        "scenario table chicken --runs 2 --workers 1",
        "scenario table chicken --runs 2 --workers 1 --json",
        "scenario table chikcen --runs 2",
        "scenario table chicken --runs 0",
    ),
    "advise": (
        "advise stag_hunt",
        "advise hawk-dove",
        "advise PdCh",
        "advise stag_hunt --json",
        'advise --payoffs "3,3 0,5; 5,0 1,1"',
        'advise --payoffs "3,3 0,5; 5,0 1,1" --json',
        'advise --payoffs "1/2,1/2 -1,3; 3,-1 0,0" --lens realism',
        "advise prisoners_dilemma --lens liberalism",
        "advise prisoners_dilemma --lens constructivism --seat ROW",
        "advise battle_of_the_sexes --seat row",
        "advise zero_sum --seat COLUMN --json",
        "advise taiwan_strait",
        "advise india_pakistan --seat IND --lens realism",
        "advise south_china_sea --seat PHL --lens realism --json",
        "advise south_china_sea --arena scarborough",
        "advise",
        "advise stag_hnut",
        'advise --payoffs "3,3 0,5"',
        'advise --payoffs "a,b c,d; e,f g,h"',
        'advise stag_hunt --payoffs "3,3 0,5; 5,0 1,1"',
        "advise stag_hunt --lens marxism",
        "advise south_china_sea --seat PHI",
        "advise south_china_sea --power lowwy",
        'advise --payoffs "40,40 12,50; 50,12 25,25" --continue 0.5',
        'advise --payoffs "40,40 12,50; 50,12 25,25" --continue 0.75 --noise 0.0625 --json',
        "advise taiwan_strait --continue 0.9",
    ),
    "advise_sea": ("advise south_china_sea",),
    "strategies": (
        "strategies",
        "strategies --json",
        'strategies --family "tit for tat"',
        "strategies --family grudger --json",
        "strategies --family grugder",
    ),
    "tournament": (
        f"tournament run {DUEL}",
        f"tournament run {DUEL} --json --actions --no-store",
        f"tournament run {FOUR} --turns 20 --noise 0.05 --repetitions 3",
        f"tournament run {DUEL} --noise 0.05 --exact",
        f"tournament run {DUEL} --game stag_hunt --csv pairs.csv --table pairs",
        'tournament run --entrants tit_for_tat,defector --turns 3 --payoffs "4,4 0,5; 5,0 1,1"',
        f"tournament run {FOUR} --continue 0.9 --json",
        "tournament run --entrants tit_for_tat,bots.py:Alternates --turns 4 --json",
        "tournament run --entrants tit_for_tat,bots.py:Breaks --turns 4",
        f"tournament run --kind knockout {FOUR} --turns 20",
        "tournament run --kind league --game chicken --entrants grudger,random --seed 7",
        "tournament list",
        "tournament list --json",
        "tournament show 0",
        "tournament show c312",
        "tournament show c312 --json",
        "tournament show c312 --csv standings.csv --table standings",
        "tournament show 821d",
        "tournament show b8ae --csv matches.csv --table matches",
        "tournament match c312 tit_for_tat grudger",
        "tournament match c312 0 1 --json",
        "tournament match c312 tit_for_tat gruder",
        "tournament match b8ae random grudger 2",
        "tournament match 821d 3 --record league.jsonl",
        "replay league.jsonl",
        "tournament match 821d 99",
        "tournament ladder",
        "tournament ladder --game stag_hunt --json",
        "tournament run --entrants tit_for_tatt,grudger",
        "tournament run --entrants tit_for_tat,grudger --turns 0",
        "tournament run --entrants tit_for_tat,grudger --noise 2",
        "tournament run --entrants tit_for_tat,grudger --kind cup",
        "tournament run --entrants random,grudger --exact",
        "tournament run contest.toml",
        "tournament run nowhere.toml",
        "tournament run",
        "tournament show zzzz",
        "tournament match zzzz tit_for_tat grudger",
        "tournament run --resume zzzz",
    ),
    "evolve": (
        "evolve ecological --entrants tit_for_tat,defector,grudger --turns 10 --generations 20",
        "evolve moran --entrants tit_for_tat,defector --size 8 --runs 5 --turns 5 --seed 7",
        "evolve spatial --entrants cooperator,defector --size 6x6 --turns 1 --generations 4",
        "evolve search --entrants tit_for_tat,alternator --states 2 --population 6 --survivors 2"
        " --generations 3 --turns 10 --seed 7",
        "evolve moran --entrants tit_for_tat,defector --size 8 --turns 5 --seed 7 --json",
        "evolve spacial --entrants cooperator,defector",
        "evolve moran --entrants tit_for_tat,defector --selection 3",
        "evolve ecological",
    ),
    "guests": (
        "bot bots.py:Alternates --seed 7",
        "bot bots.py:Alternates --scenario taiwan_strait --seat CHN --opponent grudger --seed 7",
        "bot bots.py:Breaks --seed 7",
        "bot bots.py",
        "bot bots.py:Nobody",
        "bot nowhere.py:Bot",
        "bot bots.py:Alternates --opponent grugder",
        "bot bots.py:Alternates --scenario chikcen",
        "bot bots.py:Alternates --move-time 0",
        "bot bots.py:Alternates --join http://127.0.0.1:1/#/join/ABCD-EFGH",
        "rehearse http://127.0.0.1:1/#/host/SECRET",
        "rehearse",
        "rehearse http://127.0.0.1:9/#/host/SECRET --bots 0",
        "serve --port 99999",
        "serve --port eighty",
        "serve --database mysql://x",
        "serve --scenarios nowhere",
    ),
}


def prepare(group: str, folder: Path) -> None:
    """Lay out the files that a group's lines look at."""
    lines = " ".join(GROUPS[group])
    for name, match in RECORDS.items():
        if f"{name}.jsonl" in lines:
            (folder / f"{name}.jsonl").write_bytes(record_of(match))
    raw = record_of(RECORDS["people"])
    (folder / "broken.jsonl").write_bytes(raw.replace(b'"round":2', b'"round":3', 1))
    (folder / "short.jsonl").write_bytes(raw[: len(raw) // 2])
    (folder / "strait.toml").write_text(SCENARIO)
    (folder / "bad.toml").write_text(SCENARIO.replace('"chicken"', '"chiken"'))
    (folder / "bots.py").write_text(BOT)
    (folder / "contest.toml").write_text('entrants = ["tit_for_tat", "grudger"]\nturns = 3\n')
    if "matches.sqlite3" in lines:
        asyncio.run(_fill(f"sqlite:///{folder}/matches.sqlite3"))


async def _fill(url: str) -> None:
    await migrate(url)
    store = store_for(url)
    await store.open()
    log = [NewEvent(dumps(event)) for event in log_of(RECORDS["people"])]
    await store.append(MatchId("finished"), 0, log)
    await store.append(MatchId("running"), 0, log[: len(log) // 2])
    await store.close()


def run_group(group: str, folder: Path) -> Iterator[tuple[Path, str]]:
    """Run a group's lines in a folder; give what each printed, and the file where it is kept."""
    prepare(group, folder)
    before = {path.name for path in folder.iterdir()}
    settings = {
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "DETENTE_DATABASE": f"sqlite:///{folder}/none.sqlite3",
    }
    with patch.dict(os.environ, settings), contextlib.chdir(folder), same_ids():
        for number, line in enumerate(GROUPS[group]):
            printed = _run(line, folder)
            made = sorted({x.name for x in folder.iterdir()} - before - {"__pycache__"})
            before |= {*made}
            made_text = [
                f"--- {name}\n{_masked((folder / name).read_bytes().decode(), folder)}"
                for name in made
                if not name.startswith("none.sqlite3")
            ]
            yield CLI / group / f"{number:02}_{_slug(line)}.txt", "".join((printed, *made_text))


def _run(line: str, folder: Path) -> str:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(shlex.split(line))
    said = [_masked(_all_of(stream), folder) for stream in (out, err)]
    return f"$ detente {line}\n--- exit {code}\n--- out\n{said[0]}--- err\n{said[1]}"


def _all_of(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


def _masked(text: str, folder: Path) -> str:
    """Put words in the place of what differs from run to run."""
    text = text.replace(str(folder), "FOLDER").replace(SOFTWARE_VERSION, "VERSION")
    for what, instead in _VARIES:
        text = what.sub(instead, text)
    return text


_VARIES = (
    (re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?"), "TIME"),
    (re.compile(r'_at_ms":\d{13}'), '_at_ms":TIME'),
    (re.compile(r'"hash":"[0-9a-f]{64}"'), '"hash":"HASH"'),
    (re.compile(r"turns in \d+\.\d s(, [\d.]+( [kM])? turns/s)?"), "turns in TIME"),
)


def _slug(line: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", line.lower()).strip("_")[:50] or "nothing"
