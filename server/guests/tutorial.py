"""The tutorial: five rounds of Prisoner's Dilemma against one bot, as a guest's own match.

It is a match like every other, so that what is learned is the real thing; the page adds a sentence
to each step (`client/web/src/learn/`).
"""

from dataclasses import replace
from functools import cache

from game_rules.roles import Seat
from game_rules.scenario.scenario import PhaseSeconds, Press, Scenario
from game_rules.scenario_files.scenarios import shipped_scenario
from game_rules.strategies import strategy

TUTORIAL = "tutorial"
"""Its name, by which a guest asks for it; must agree with `client/web/src/rules/tutorial.ts`."""
TUTOR = strategy("tutor").name
PERSON, BOT = Seat("XA"), Seat("XB")

_TITLE = "Learn in three minutes"
_SUMMARY = "Five rounds of Prisoner's Dilemma against one bot, with a sentence at each step."
_BRIEF = "You and the other country choose in secret, at the same time. Only your points count."


@cache
def tutorial() -> Scenario:
    """Return its scenario: the shipped game of two between countries that may sign pacts.

    No phase of talk: the bot's offer arrives beside the choice, so that a round takes two presses.

    >>> [player.name for player in tutorial().players]
    ['Country A', 'Country B']
    """
    bare = shipped_scenario("prisoners_dilemma")
    seats = (PERSON, BOT)
    players = tuple(
        replace(player, seat=seat, name=f"Country {letter}", brief=_BRIEF)
        for player, seat, letter in zip(bare.players, seats, "AB", strict=True)
    )
    arenas = tuple(replace(arena, members=seats) for arena in bare.arenas)
    return replace(
        bare,
        name=TUTORIAL,
        title=_TITLE,
        summary=_SUMMARY,
        players=players,
        arenas=arenas,
        press=Press.FULL,
        seconds=PhaseSeconds(briefing=0, negotiation=0, decision=60, reveal=30),
        has_advisor=False,
    )
