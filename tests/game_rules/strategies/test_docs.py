"""The page on strategies lists them all as they are."""

from pathlib import Path

import pytest

from game_rules.strategies import strategies

PAGE = (Path(__file__).parents[3] / "docs" / "strategies.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("bot", strategies(), ids=lambda bot: bot.name)
def test_the_page_tells_of_every_strategy(bot):
    memory = "all" if bot.memory is None else bot.memory
    chance = "yes" if bot.is_stochastic else "no"
    row = f"| `{bot.name}` | {bot.about} | {memory} | {chance} | {bot.lane} |"
    assert row in PAGE, f"docs/strategies.md lacks this row, family {bot.family!r}:\n{row}"
