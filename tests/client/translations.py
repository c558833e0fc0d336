"""List the names and texts of scenarios and bots that the browser shows in English only.

    uv run python -m tests.client.translations

What is not translated is shown in English, so a list is all that is made of it: whoever adds a
scenario or a strategy need not know Urdu.
"""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from game_rules.scenario.masks import masked
from game_rules.scenario.scenario import Scenario
from game_rules.scenario_files.scenarios import scenario_names, shipped_scenario
from game_rules.strategies import strategies
from tests.client.web import WEB

I18N = WEB / "src" / "i18n"
OF_THE_RULES = re.compile(r"(scenario|country(?!\.X)|arena|strategy|family)\.")
"""Catalogue keys for words that come from the rules; XA to XL may be anybody's masked countries."""


class Listing(NamedTuple):
    """What a language lacks, and what it keeps though the English was changed or removed."""

    missing: list[str]
    stale: list[str]


def names_of_the_rules() -> dict[str, str]:
    """Give every name and short text of shipped scenarios and bots by its catalogue key."""
    names = {}
    for scenario in map(shipped_scenario, scenario_names()):
        for shown in (scenario, masked(scenario)):
            names[f"scenario.{shown.name}.title"] = shown.title
            names[f"scenario.{shown.name}.summary"] = shown.summary
            names |= {f"country.{player.seat}": player.name for player in shown.players}
        names |= {f"arena.{arena.name}": arena.title for arena in scenario.arenas}
    for bot in strategies():
        names[f"family.{bot.family}"] = bot.family
        names[f"strategy.{bot.name}"] = bot.title
        names[f"strategy.{bot.name}.about"] = bot.about
    return names


def stories_of_the_rules() -> set[str]:
    """Give every long text of shipped scenarios, and what is said of each classical bot."""
    told = {text for name in scenario_names() for text in _texts(shipped_scenario(name))}
    return told | {bot.about for bot in strategies() if bot.doctrine is None}


def catalogue() -> dict[str, str]:
    """Give the English names that the catalogue translates, by key."""
    text = (I18N / "names.en.ts").read_text(encoding="utf-8")
    return {key: json.loads(word) for key, word in re.findall(r'"([\w. ]+)":\s*("[^"]*")', text)}


def story(language: str) -> dict[str, str]:
    """Give a language's long texts by their English."""
    return json.loads((I18N / f"story.{language}.json").read_text(encoding="utf-8"))


def languages() -> list[str]:
    """Give the languages that have long texts."""
    return sorted(path.suffixes[0].strip(".") for path in I18N.glob("story.*.json"))


def list_names(catalogue: dict[str, str]) -> Listing:
    """Compare the catalogue's names with those of the rules; classical bots keep their own."""
    names = names_of_the_rules()
    classical = {f"strategy.{bot.name}" for bot in strategies() if bot.doctrine is None}
    wanted = [key for key in names if key.removesuffix(".about") not in classical]
    return Listing(
        missing=[f"{key}: {names[key]}" for key in wanted if catalogue.get(key) != names[key]],
        stale=[key for key in catalogue if OF_THE_RULES.match(key) and key not in names],
    )


def list_stories(story: dict[str, str]) -> Listing:
    """Compare a language's long texts with those of the rules."""
    texts = stories_of_the_rules()
    return Listing(sorted(texts - set(story)), [text for text in story if text not in texts])


def report() -> str:
    """Say what is missing and what is stale, one item per line; empty if nothing is."""
    listings = {"names.en.ts": list_names(catalogue())}
    listings |= {f"story.{one}.json": list_stories(story(one)) for one in languages()}
    lines = [
        f"{file}: {kind}: {item}"
        for file, listing in listings.items()
        for kind, items in listing._asdict().items()
        for item in items
    ]
    return "\n".join(lines)


def _texts(scenario: Scenario) -> Iterator[str]:
    yield from scenario.briefing
    yield from scenario.questions
    yield from (player.brief for player in scenario.players)
    for arena in scenario.arenas:
        yield arena.about
        yield from (ground.source for ground in arena.grounds)
    for inject in scenario.deck:
        yield from (inject.title, inject.text)


if __name__ == "__main__":
    print(report() or "Everything is translated.")
