"""A server for people in browsers, on which no phase ends by itself while a test looks at it.

Every scenario that a match may be made of has its phases ten times as long as it is written: a
machine that is busy with other tests cannot run out of them.
"""

import re
from pathlib import Path

from game_rules.scenario_files.scenarios import LONGEST_PHASE
from tests.live_server import ServerProcess

SCENARIOS = Path(__file__).parents[2] / "game_rules" / "scenarios"
TIMES = 10
ROUNDS = re.compile(r"^rounds *= *(\d+)$", re.MULTILINE)
"""Of a match and of its news, which last no longer."""
FOG = re.compile(r"^monitoring *=.*\n", re.MULTILINE)
CHANCE = re.compile(r"^(?:continuation|least_rounds) *=.*\n", re.MULTILINE)
LENGTH = re.compile(r"^((?:briefing|negotiation|decision|reveal) *= *)(\d+)$", re.MULTILINE)


class UnhurriedServer(ServerProcess):
    """`detente serve`, with all the scenarios of this repository and those of a folder."""

    def __init__(self, folder: Path, scenarios: Path | None = None) -> None:
        super().__init__(folder, unhurried(folder / "unhurried", SCENARIOS, scenarios))


def unhurried(folder: Path, *sources: Path | None) -> Path:
    """Write the scenarios of some folders, with longer phases; of one name the last is taken."""
    folder.mkdir()
    for source in filter(None, sources):
        for path in source.glob("*.toml"):
            text = path.read_text(encoding="utf-8")
            (folder / path.name).write_text(LENGTH.sub(longer, text), encoding="utf-8")
    return folder


def longer(length: re.Match[str]) -> str:
    """Give a phase more time, as far as a scenario may."""
    return f"{length[1]}{min(TIMES * int(length[2]), LONGEST_PHASE)}"


def of_rounds(text: str, rounds: int) -> str:
    """Let a scenario end after so many rounds, and not by chance before."""
    return ROUNDS.sub(lambda x: f"rounds = {min(int(x[1]), rounds)}", CHANCE.sub("", text))


def without_fog(text: str) -> str:
    """Show every choice to everybody as it was: so all pages show the same points."""
    changed, times = FOG.subn("", text)
    assert times == 1, text
    return changed
