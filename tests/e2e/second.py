"""`detente serve` by rules 2 while rules 1 are still the server's own: for tests alone.

    python -m tests.e2e.second serve --scenarios FOLDER

The regions of rules 2 come from a folder; of the built-in scenarios only the classic games, which
have no rivals, can be played by them.
"""

from pathlib import Path

import game_rules

REGIONS = Path(__file__).parents[1] / "game_rules" / "rulesets" / "second" / "scenarios"
MODULE = "tests.e2e.second"


def serve() -> None:
    """Take rules 2 for the server's own before anything asks which they are, and serve."""
    vars(game_rules)["RULES_VERSION"] = 2
    from game_rules.scenario_files.scenarios import scenario_names
    from server import scenario_library
    from server.cli import program

    games = [x for x in scenario_names() if not (REGIONS / f"{x}.toml").exists()]
    vars(scenario_library)["scenario_names"] = lambda: games
    program()


if __name__ == "__main__":
    serve()
