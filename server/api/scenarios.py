"""Scenarios and strategies: what can be played, and by which bots."""

from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel

from game_rules.games.stage_games import Bimatrix
from game_rules.records.codec import to_json
from game_rules.scenario.scenario import Scenario
from game_rules.strategies import strategies
from server.api.bodies import JsonRouter
from server.api.dependencies import WithServices
from server.api.errors import Refusal
from server.wire.fields import Written

router = JsonRouter("/api", "scenarios")


ScenarioDocument = Annotated[dict[str, Any], Written(Scenario)]


class ScenarioCard(BaseModel):
    """A scenario in the gallery. minutes: at pace 1, if every deadline passes."""

    name: str
    title: str
    summary: str
    seats: int
    rounds: int
    minutes: int
    kind: Literal["scenario", "game"]


class StrategyCard(BaseModel):
    """A built-in bot."""

    name: str
    title: str
    family: str
    source: str
    about: str


@router.get("/scenarios")
async def list_scenarios(services: WithServices) -> list[ScenarioCard]:
    """List the scenarios that can be played here."""
    return [_card(scenario) for scenario in services.scenarios.values()]


@router.get("/scenarios/{name}")
async def show_scenario(name: str, services: WithServices) -> ScenarioDocument:
    """Return a scenario as its players may see it, without the deck of injects."""
    scenario = services.scenarios.get(name)
    if scenario is None:
        raise Refusal(404, "no_such_scenario", f"no scenario {name}; see /api/scenarios")
    return to_json(replace(scenario, deck=()))


@router.get("/strategies")
async def list_strategies() -> list[StrategyCard]:
    """List the bots that can take a seat."""
    return [
        StrategyCard(name=s.name, title=s.title, family=s.family, source=s.source, about=s.about)
        for s in strategies()
    ]


def _card(scenario: Scenario) -> ScenarioCard:
    seconds = scenario.seconds
    a_round = seconds.negotiation + seconds.decision + seconds.reveal
    is_bare = len(scenario.arenas) == 1 and isinstance(scenario.arenas[0].game, Bimatrix)
    return ScenarioCard(
        name=scenario.name,
        title=scenario.title,
        summary=scenario.summary,
        seats=len(scenario.players),
        rounds=scenario.rounds,
        minutes=round((seconds.briefing + scenario.rounds * a_round) / 60),
        kind="game" if is_bare else "scenario",
    )
