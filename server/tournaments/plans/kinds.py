"""Which functions play which kind of tournament."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from server.tournaments.plans import (
    expectations,
    knockouts,
    leagues,
    populations,
    round_robin,
    search,
)
from server.tournaments.plans.own_bots import OwnBot
from server.tournaments.plans.pieces import Piece
from server.tournaments.plans.plan import Plan, plan_of
from server.tournaments.plans.settings import Kind
from server.version import SOFTWARE_VERSION


@dataclass(frozen=True, slots=True)
class Order:
    """A plan as it is sent abroad: plain text, and the files of bots that are nobody else's."""

    description: str
    own: tuple[OwnBot, ...]

    @classmethod
    def of(cls, plan: Plan) -> "Order":
        """Write a plan down."""
        return cls(json.dumps(plan.description, sort_keys=True), plan.own)


class Ways(Protocol):
    """How one kind is played; the modules of this package that are named after kinds are that."""

    @property
    def pieces(self) -> Callable[[Plan], tuple[Piece, ...]]: ...
    @property
    def play(self) -> Callable[[Plan, Piece], bytes]: ...
    @property
    def document(self) -> Callable[[Plan, Sequence[bytes]], dict[str, Any]]: ...


_WAYS: Mapping[Kind, Ways] = {
    Kind.ROUND_ROBIN: round_robin,
    Kind.KNOCKOUT: knockouts,
    Kind.LEAGUE: leagues,
    Kind.EVOLVE: search,
    Kind.MORAN: populations,
    Kind.ECOLOGICAL: populations,
    Kind.SPATIAL: populations,
}


def pieces_of(plan: Plan) -> tuple[Piece, ...]:
    """Cut a tournament into pieces, always the same way."""
    return _ways(plan).pieces(plan)


def play_piece(order: Order, piece: Piece) -> bytes:
    """Play one piece; pure, and the same on any thread, process or machine."""
    plan = _plan_of(order)
    return _ways(plan).play(plan, piece)


def document_of(plan: Plan, played: Sequence[bytes]) -> dict[str, Any]:
    """Put together what came out, as JSON.

    played: every piece's bytes, in order. Who cannot be told apart is named, and by place.
    """
    head: dict[str, Any] = {
        "id": plan.id,
        "kind": plan.kind.value,
        "software_version": SOFTWARE_VERSION,
        "game_name": plan.game,
    }
    made = {**head, **_ways(plan).document(plan, played)}
    if "standings" in made:
        made["standings"] = [_named(plan, row) for row in made["standings"]]
    return made


def document_from(order: Order, played: Sequence[bytes]) -> dict[str, Any]:
    """Do the same in another process."""
    return document_of(_plan_of(order), played)


def _named(plan: Plan, row: dict[str, Any]) -> dict[str, Any]:
    tied = row["tied_with"]
    return {**row, "tied_with": [plan.entrants[place] for place in tied], "tied_places": tied}


@lru_cache(maxsize=4)
def _plan_of(order: Order) -> Plan:
    return plan_of(json.loads(order.description), order.own)


def _ways(plan: Plan) -> Ways:
    is_expected = plan.kind is Kind.ROUND_ROBIN and plan.is_exact
    return expectations if is_expected else _WAYS[plan.kind]
