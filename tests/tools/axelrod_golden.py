"""Write what Axelrod-Python 4.14 plays, for our tests to compare with.

Run it in an environment of its own, from the root of the tree (its import takes some 20 s):

    uv run --no-project --with axelrod==4.14.0 --with . python tests/tools/axelrod_golden.py

Each of our strategies that Axelrod-Python has is played there against fixed scripts: the other's
actions, slips of the hand that turn its own action into the other one (noise), and one number of
chance a turn, which stands in for the player's generator. What it means to do each turn is kept
(tests/game_rules/strategies/axelrod_golden.json). Deterministic ones also meet each other there, in
a round robin whose scores and ranks are kept (tests/game_rules/contests/axelrod_tournament.json).
"""

import json
import random
import sys
from pathlib import Path

import axelrod as axl
from axelrod.action import actions_to_str, str_to_actions

from game_rules.strategies import strategies
from game_rules.strategies.kit.draws import draw

GOLDEN = Path("tests/game_rules/strategies/axelrod_golden.json")
TOURNAMENT = Path("tests/game_rules/contests/axelrod_tournament.json")
TURNS = 65
KEY = 20_26
SCRIPTS = (
    # name, turns, chance that the other cooperates, chance of a slip, whether the length is known
    ("all_c", 20, 1.0, 0.0, True),
    ("all_d", 20, 0.0, 0.0, True),
    ("mixed", 120, 0.5, 0.0, False),
    ("grim", 60, 0.2, 0.05, True),
    ("kind", 130, 0.9, 0.05, False),
    ("long", 230, 0.97, 0.02, True),
    ("one", 1, 0.5, 0.0, True),
    ("two", 2, 0.5, 0.0, True),
)


class ScriptedChance:
    """Stands in for a player's generator: every question of a turn gets that turn's number."""

    def __init__(self) -> None:
        self.turn = 1

    def random(self) -> float:
        return draw(KEY, self.turn)

    def random_choice(self, p: float = 0.5) -> axl.Action:
        return axl.Action.C if self.random() < p else axl.Action.D

    def randint(self, low: int, high: int) -> int:
        return low + int((high - low) * self.random())

    def uniform(self, low: float, high: float) -> float:
        return low + (high - low) * self.random()


def main() -> None:
    classes = {kind.__name__.lower(): kind for kind in axl.all_strategies}
    classical = [strategy.name for strategy in strategies() if not strategy.doctrine]
    ours = {name: key for name in classical if (key := name.replace("_", "")) in classes}
    if missing := [name for name in classical if name not in ours]:
        print(f"Axelrod-Python has no {', '.join(missing)}", file=sys.stderr)
    scripts = {name: script(name, *rest) for name, *rest in SCRIPTS}
    players = {name: player(classes[key], scripts) for name, key in ours.items()}
    document = {"axelrod": axl.__version__, "key": KEY, "scripts": scripts, "players": players}
    text = json.dumps(document, indent=1)
    GOLDEN.write_text(text + "\n", encoding="utf-8")
    steady = [name for name, played in players.items() if not played["is_stochastic"]]
    TOURNAMENT.write_text(tournament({name: classes[ours[name]] for name in steady}) + "\n")


def tournament(kinds: dict[str, type]) -> str:
    """Meet everybody with everybody, oneself too, once; scores by pair, from the row's side."""
    names = list(kinds)
    scores = [[score(kinds[row], kinds[column]) for column in names] for row in names]
    played = axl.Tournament([kinds[name]() for name in names], turns=TURNS, repetitions=1, seed=1)
    results = played.play(progress_bar=False)
    ranking = [names[place] for place in results.ranking]
    rows = ",\n".join(f"  {json.dumps(row)}" for row in scores)
    head = json.dumps({"turns": TURNS, "names": names, "ranking": ranking}, indent=1)
    return f'{head[:-2]},\n "scores": [\n{rows}\n ]\n}}'


def score(row: type, column: type) -> int:
    match = axl.Match((row(), column()), turns=TURNS)
    match.play()
    return int(match.final_score()[0])


def script(name: str, turns: int, kindness: float, slips: float, is_known: bool) -> dict:
    source = random.Random(name)
    return {
        "others": "".join("C" if source.random() < kindness else "D" for _ in range(turns)),
        "slips": [turn for turn in range(turns) if source.random() < slips],
        "rounds": turns if is_known else None,
    }


def player(kind: type, scripts: dict) -> dict:
    classifier = kind.classifier if kind is not axl.GTFT else kind().classifier
    memory = axl.Classifiers["memory_depth"](kind())
    return {
        "class": kind.__name__,
        "memory": None if memory == float("inf") else memory,
        "is_stochastic": bool(classifier["stochastic"]),
        "meant": {name: meant(kind, **played) for name, played in scripts.items()},
    }


def meant(kind: type, others: str, slips: list[int], rounds: int | None) -> str:
    me, other = kind(), axl.MockPlayer(str_to_actions(others))
    length = float("inf") if rounds is None else rounds
    me.set_match_attributes(length=length, game=axl.Game(), noise=0.05 if slips else 0)
    chance = ScriptedChance()
    me._random = chance
    intentions = []
    for turn, answer in enumerate(str_to_actions(others)):
        chance.turn = turn + 1
        action = me.strategy(other)
        intentions.append(action)
        done = action.flip() if turn in slips else action
        me.update_history(done, answer)
        other.update_history(answer, done)
    return actions_to_str(intentions)


if __name__ == "__main__":
    main()
