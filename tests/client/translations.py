"""List the names and texts of scenarios and bots that the browser shows in English only.

    uv run python -m tests.client.translations

What is not translated is shown in English, so a list is all that is made of it: whoever adds a
scenario or a strategy need not know Urdu.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from game_rules.scenario.masks import masked
from game_rules.scenario.scenario import PlayerKind, Scenario
from game_rules.scenario_files.scenarios import scenario_names, shipped_scenario
from game_rules.strategies import strategies
from server.guests.tutorial import tutorial
from tests.client.web import WEB
from tests.game_rules.rulesets.first import shipped as first

LANGUAGES = WEB / "src" / "i18n" / "languages"
OF_THE_RULES = re.compile(r"(scenario|country(?!\.X|\.the$)|arena(?!\.crisis$)|strategy|family)\.")
"""Catalogue keys for words that come from the rules; masked countries (XA to XL), articles and
crises are the browser's own."""
SHARED = "shared"


class Listing(NamedTuple):
    """What a language lacks, and what it keeps though the English was changed or removed."""

    missing: list[str]
    stale: list[str]


def names_of_the_rules() -> dict[str, str]:
    """Give every name and short text of shipped scenarios and bots by its catalogue key.

    Of rules 1 the arenas alone: of the rest all is as in rules 2, or has no key of its own.
    """
    names = {}
    for scenario in map(shipped_scenario, scenario_names()):
        for shown in (scenario, masked(scenario)):
            names[f"scenario.{shown.name}.title"] = shown.title
            names[f"scenario.{shown.name}.summary"] = shown.summary
            names |= {f"country.{player.seat}": player.name for player in shown.players}
        names |= {f"arena.{arena.name}": arena.title for arena in scenario.arenas}
    for scenario in map(first.shipped, first.NAMES):
        names |= {f"arena.{arena.name}": arena.title for arena in scenario.arenas}
    lesson = tutorial()
    names |= {f"scenario.{lesson.name}.title": lesson.title}
    names |= {f"scenario.{lesson.name}.summary": lesson.summary}
    for bot in strategies():
        names[f"family.{bot.family}"] = bot.family
        names[f"strategy.{bot.name}"] = bot.title
        names[f"strategy.{bot.name}.about"] = bot.about
    return names


def stories_of_the_rules() -> dict[str, str]:
    """Give every long text of scenarios of both rules and of the classical bots, with its part.

    A part is what the browser fetches at once: `bots`, a scenario by its name, or what several
    scenarios share. Matches of rules 1 are still read and played to their end, in every language:
    their texts stay, and their summaries are among them, for a summary's key belongs to the shipped
    one.
    """
    parts = {bot.about: "bots" for bot in strategies() if bot.doctrine is None}
    scenarios = [*map(shipped_scenario, scenario_names()), tutorial()]
    told = [(scenario.name, text) for scenario in scenarios for text in texts_of(scenario)]
    for scenario in map(first.shipped, first.NAMES):
        told += [(scenario.name, text) for text in (scenario.summary, *texts_of(scenario))]
    for name, text in told:
        parts[text] = name if parts.get(text, name) == name else SHARED
    return parts


def words(language: str) -> dict[str, Any]:
    """Give the words of the browser in a language, by key; a plural is a dictionary."""
    return _read(language)["words"]


def story(language: str) -> dict[str, str]:
    """Give a language's long texts by their English."""
    return _without_repeats([pair for part in parts(language).values() for pair in part.items()])


def parts(language: str) -> dict[str, dict[str, str]]:
    """Give a language's long texts by their part and their English."""
    return _read(language)["texts"]


def languages() -> list[str]:
    """Give the languages beside English."""
    return sorted(path.stem for path in LANGUAGES.glob("*.json") if path.stem != "en")


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
    return Listing(
        missing=sorted(f"{part}: {text}" for text, part in texts.items() if text not in story),
        stale=[text for text in story if text not in texts],
    )


def list_words(language: str) -> Listing:
    """Compare a language's words with the English ones."""
    english, others = words("en"), words(language)
    return Listing(
        missing=[f"{key}: {text}" for key, text in english.items() if key not in others],
        stale=[key for key in others if key not in english],
    )


def report() -> str:
    """Say what is missing and what is stale, one item per line; empty if nothing is."""
    listings = {"en.json": list_names(words("en"))}
    for language in languages():
        listings[f"{language}.json, words"] = list_words(language)
        listings[f"{language}.json, texts"] = list_stories(story(language))
    lines = [
        f"{file}: {kind}: {item}"
        for file, listing in listings.items()
        for kind, items in listing._asdict().items()
        for item in items
    ]
    return "\n".join(lines)


def texts_of(scenario: Scenario) -> Iterator[str]:
    """Yield the long texts of a scenario: whatever a player reads that has no key of its own."""
    yield from scenario.briefing
    yield from scenario.questions
    yield from (start.source for start in scenario.starts)
    for player in scenario.players:
        yield from (player.brief, *player.goals)
        if player.influence is not None:
            yield player.influence.source
        if player.kind is PlayerKind.NON_STATE:
            yield from (figure.source for figure in player.figures.values())
    for arena in scenario.arenas:
        yield arena.about
        yield from (ground.source for ground in (*arena.grounds, *arena.overrides))
    for inject in scenario.deck:
        yield from (inject.title, inject.text)


def _read(language: str) -> dict[str, Any]:
    text = (LANGUAGES / f"{language}.json").read_text(encoding="utf-8")
    return json.loads(text, object_pairs_hook=_without_repeats)


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    counts = Counter(key for key, _ in pairs)
    if repeated := [key for key, count in counts.items() if count > 1]:
        raise ValueError(f"{repeated[0]!r} is there twice; keep one")
    return dict(pairs)


if __name__ == "__main__":
    print(report() or "Everything is translated.")
