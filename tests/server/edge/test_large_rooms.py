"""The largest rooms, over real sockets: nobody is sent away, and all play to the end."""

from collections.abc import AsyncGenerator

import pytest

from client.rehearsal.rehearsal import Script, rehearse
from client.rehearsal.tally import Report
from game_rules.scenario.populations import LARGEST_POPULATION
from game_rules.scenario_files.players import MOST_PLAYERS
from tests.live_server import ServerProcess

ROUNDS = 2
SHORT = {"DETENTE_OUTBOX_BYTES": "131072"}
"""Half of the default: every reveal of 64 is longer than an outbox, and not the fourth only."""
AT_ONCE = "[seconds]\nbriefing = 0\nnegotiation = 0\ndecision = 600\nreveal = 0\n"
HEAD = """
title = "A crowd"
summary = "As many as a scenario takes."
briefing = ["All choose at once."]
questions = []
rounds = {rounds}
press = "none"
"""
PLAYER = '[[players]]\nseat = "{}"\nname = "{}"\nbrief = "You play."\n'
ARENA = '[[arenas]]\nname = "crowd"\ntitle = "The crowd"\nabout = "To give is to cooperate."\n'


def crowd(seats: list[str], rounds: int = ROUNDS) -> str:
    """Write a scenario in which all seats meet in one arena."""
    players = "".join(PLAYER.format(seat, f"Player {seat}") for seat in seats)
    terms = "[arenas.terms]\nb = 5\nc = 2\ne = 1\ng = 2\nd = 1\nsigma = 0.5\n"
    return f"{HEAD.format(rounds=rounds)}{AT_ONCE}{players}{ARENA}members = {seats}\n{terms}"


def pair(rounds: int = ROUNDS) -> str:
    """Write a scenario for two, to be played by a whole class in pairs."""
    players = "".join(PLAYER.format(seat, f"Player {seat}") for seat in ("ROW", "COLUMN"))
    game = 'members = ["ROW", "COLUMN"]\ngame = "stag_hunt"\n'
    return f"{HEAD.format(rounds=rounds)}{AT_ONCE}{players}{ARENA}{game}"


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[ServerProcess]:
    folder = tmp_path_factory.mktemp("large")
    (folder / "pair.toml").write_text(pair())
    seats = [f"S{number:02}" for number in range(1, MOST_PLAYERS + 1)]
    (folder / "crowd.toml").write_text(crowd(seats))
    async with ServerProcess(folder, folder, SHORT) as running:
        yield running


async def play(server: ServerProcess, people: int, scenario: str, pairing: str | None) -> Report:
    """Let this many play one match, each over a socket of its own."""
    wanted = {"name": "Large", "scenario": scenario, "pairing": pairing}
    made = await server.post("/api/seminars", wanted, await server.host_token())
    script = Script(people, "7", think_s=0, like=made["code"], matches=1, longest_s=60)
    return await rehearse(f"{server.url}/#/host/{server.secret}", script, lambda _: None)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("people", "scenario", "pairing"),
    [(MOST_PLAYERS, "crowd", None), (LARGEST_POPULATION, "pair", "random")],
)
async def test_the_largest_room_plays_to_the_end_and_nobody_is_sent_away(
    server: ServerProcess, people: int, scenario: str, pairing: str | None
):
    tally = (await play(server, people, scenario, pairing)).tally
    assert (tally.lost_lines, tally.problems) == (0, [])
    assert (tally.finished, len(tally.rounds)) == (people, ROUNDS)
