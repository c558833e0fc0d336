"""Print how many microseconds of CPU the aftermath of one round of twelve seats takes, median."""

import time
from collections.abc import Iterator
from statistics import median

from game_rules.aftermath import next_standing
from game_rules.scenario import Scenario
from game_rules.standing import first_standing
from tests.game_rules.regions import a_forum, a_region, played, seats

ROUNDS = 100


def the_region() -> Scenario:
    """Make a larger region than any that is shipped: everybody meets everybody."""
    twelve = seats(12)
    arenas = (
        a_forum("all", twelve, theta=0.5),
        a_forum("west", twelve[:5], exclusive=0.1),
        a_forum("east", twelve[5:9], exclusive=0.1),
        a_forum("middle", twelve[3:8]),
    )
    rivals = ((twelve[0], twelve[8]), (twelve[1], twelve[7]), (twelve[2], twelve[11]))
    return a_region(arenas, rivals)


def microseconds() -> Iterator[float]:
    """Time round after round."""
    region = the_region()
    standing = first_standing(region)
    results = [
        played(arena, ["CD"[place % 3 == 0] for place, _ in enumerate(arena.members)])
        for arena in region.arenas
    ]
    for _ in range(ROUNDS):
        began = time.process_time_ns()
        standing, _ = next_standing(standing, region, results)
        yield (time.process_time_ns() - began) / 1000


if __name__ == "__main__":
    print(median(microseconds()))
