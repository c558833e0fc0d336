"""A region of two whose sides differ, for a class in pairs; no region that ships has two seats."""

from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import parse_scenario

REGION_OF_TWO = """
title = "Two neighbours"
summary = "They hold back, or press."
briefing = ["Play."]
rounds = 5
power = "lowy"
rivals = [{ seats = ["IND", "PAK"], tension = 0.7, source = "Assumption: at odds" }]
links = [["restraint", "trade"]]

[[players]]
seat = "IND"
brief = "You are India."
capacity = 1
goals = ["Calm."]
[[players]]
seat = "PAK"
brief = "You are Pakistan."
kind = "non_state"
influence = { pair = ["IND", "PAK"], of_d = 0.1, source = "Assumption: for a test" }

[[arenas]]
name = "restraint"
title = "Restraint"
about = "No new tests."
members = ["IND", "PAK"]
terms = { b = 5, c = 2, e = 3, g = 5, d = 1, sigma = 0.5, theta = 1 }
[[arenas.overrides]]
member = "PAK"
parameter = "g"
value = 4
source = "Assumption: it has less to gain"
status = "assumed"

[[arenas]]
name = "trade"
title = "Trade"
about = "Open borders."
domain = "economic"
members = ["IND", "PAK"]
exclusive = 0.3
terms = { b = 5, c = 1, e = 1, g = 1, d = 0.5, sigma = 0.2, theta = 1 }
alliance = ALLIED
weights = { IND = 1, PAK = 1 }

[[injects]]
name = "flood"
title = "A flood"
text = "Both sides lose a harvest."
rounds = 2
[[injects.effects]]
arena = "trade"
parameter = "b"
change = 1

[[injects]]
name = "election"
title = "An election"
text = "A promise is made."
rounds = 2
[[injects.effects]]
arena = "restraint"
member = "IND"
parameter = "g"
change = 1

[[pacts]]
parties = ["IND", "PAK"]
binding = "treaty"
[[pacts.pledges]]
seat = "IND"
arena = "trade"
action = "C"
"""


def region_of_two(*, is_allied: bool = False) -> Scenario:
    """Read it; two who are allied are no rivals."""
    text = REGION_OF_TWO.replace("ALLIED", str(is_allied).lower())
    if is_allied:
        lines = text.splitlines()
        text = "\n".join(x for x in lines if not x.startswith(("rivals", "influence", "kind")))
    return parse_scenario(text, "two.toml", "two")
