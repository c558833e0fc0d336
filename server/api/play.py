"""Play now: a match against bots that belongs to the person who begins it."""

import secrets
from typing import Annotated

from pydantic import BaseModel, Field

from game_rules.match.seating import LONGEST_NAME
from game_rules.roles import Seat
from game_rules.scenario.scenario import Scenario
from server.access.grants import Grant
from server.api.bodies import JsonRouter
from server.api.dependencies import AsAnyone, AsCaller, WithServices
from server.api.errors import Refusal
from server.guests.play import ROUNDS, SCENARIO, SEAT, Begun, TooManyGuests
from server.guests.tutorial import TUTORIAL, tutorial
from server.services import Caller, Services
from server.wire.fields import CLEAN_NAME, Body

router = JsonRouter("/api", "play")

MOST_RIVALS = 64
RETRY_AFTER_S = 120


class Offer(BaseModel):
    """What can be begun here. scenario, seat: of *Play now*. rounds: of every match.

    is_open: whether guests may; the host always may.
    """

    is_open: bool
    scenario: str
    seat: str
    rounds: int


class NewGuestMatch(Body):
    """What to play; without anything: the offer. rivals: strategies by seat.

    name: what the person is called in the match, in the person's language.
    """

    scenario: Annotated[str | None, Field(max_length=64)] = None
    seat: Annotated[str | None, Field(max_length=64)] = None
    rivals: Annotated[dict[str, str], Field(max_length=MOST_RIVALS, default_factory=dict)]
    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), CLEAN_NAME] = "Guest"


class GuestMatch(BaseModel):
    """A match that has started, and the only token for it."""

    match: str
    token: str
    person: str
    seat: str
    scenario: str
    title: str


@router.get("/play")
async def show_offer(services: WithServices) -> Offer:
    """Tell whether guests may play here, and what *Play now* opens."""
    scenario = offered(services)
    return Offer(
        is_open=services.settings.guest_play,
        scenario=scenario.name,
        seat=_first_seat(scenario),
        rounds=ROUNDS,
    )


@router.post("/play")
async def play(
    body: NewGuestMatch, services: WithServices, caller: AsCaller, grant: AsAnyone
) -> GuestMatch:
    """Begin a match of one's own against bots; it has started when this answers.

    The host may do so, too, and where guests may not.
    """
    require_guests(services, grant)
    scenario = offered(services) if body.scenario is None else _named(services, body.scenario)
    seat = _seat(scenario, body.seat)
    await require_room(services, caller)
    rivals = {Seat(x): strategy for x, strategy in body.rivals.items()}
    name = " ".join(body.name.split())
    begun = await services.guests.begin(scenario, seat, rivals, secrets.token_hex(16), name)
    return begun_told(begun)


def require_guests(services: Services, grant: Grant | None) -> None:
    """Require that guests may play here, or that the host asks. Raises Refusal."""
    is_host = grant is not None and grant.is_host
    if not (services.settings.guest_play or is_host):
        message = "guests do not play on this server; join a class with its code"
        raise Refusal(404, "guest_play_off", message)


async def require_room(services: Services, caller: Caller) -> None:
    """Count one more guest's match of a caller. Raises Refusal at a limit."""
    try:
        await services.guests.require_room(caller.address, caller.device)
    except TooManyGuests as error:
        raise Refusal(429, "too_many_guests", str(error), RETRY_AFTER_S) from error


def begun_told(begun: Begun) -> GuestMatch:
    """Tell of a guest's match that has started."""
    scenario = begun.scenario
    return GuestMatch(
        match=begun.match,
        token=begun.token,
        person=begun.person,
        seat=begun.seat,
        scenario=scenario.name,
        title=scenario.title,
    )


def offered(services: Services) -> Scenario:
    """Return the scenario of *Play now*; the first one here, if an operator left that one out."""
    scenarios = services.scenarios
    return scenarios.get(SCENARIO) or next(iter(scenarios.values()))


def _first_seat(scenario: Scenario) -> Seat:
    return SEAT if SEAT in scenario.seats else scenario.seats[0]


def _named(services: Services, name: str) -> Scenario:
    if name == TUTORIAL:
        return tutorial()
    scenario = services.scenarios.get(name)
    if scenario is None:
        message = f"no scenario {name}; choose among {', '.join(services.scenarios)}"
        raise Refusal(404, "no_such_scenario", message)
    return scenario


def _seat(scenario: Scenario, wanted: str | None) -> Seat:
    if wanted is None:
        return _first_seat(scenario)
    if wanted not in scenario.seats:
        message = f"no seat {wanted[:12]}; choose among {', '.join(scenario.seats)}"
        raise Refusal(404, "no_such_seat", message)
    return Seat(wanted)
