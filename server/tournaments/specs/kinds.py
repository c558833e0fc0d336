"""Dispatch from a tournament's kind to the module that plays it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from server.tournaments.specs import (
    expectations,
    knockouts,
    leagues,
    populations,
    round_robin,
    search,
)
from server.tournaments.specs.own_bots import OwnBot
from server.tournaments.specs.pieces import Piece
from server.tournaments.specs.settings import TournamentKind
from server.tournaments.specs.spec import TournamentSpec, spec_of
from server.version import SOFTWARE_VERSION


@dataclass(frozen=True, slots=True)
class SerialisedSpec:
    """A spec serialised for a worker: its description as text, and the files of its bots."""

    description: str
    own: tuple[OwnBot, ...]

    @classmethod
    def of(cls, spec: TournamentSpec) -> "SerialisedSpec":
        """Serialise a spec."""
        return cls(json.dumps(spec.description, sort_keys=True), spec.own)


class KindModule(Protocol):
    """The functions of one kind; the modules named after kinds implement it."""

    @property
    def pieces(self) -> Callable[[TournamentSpec], tuple[Piece, ...]]: ...
    @property
    def play(self) -> Callable[[TournamentSpec, Piece], bytes]: ...
    @property
    def document(self) -> Callable[[TournamentSpec, Sequence[bytes]], dict[str, Any]]: ...


_MODULES: Mapping[TournamentKind, KindModule] = {
    TournamentKind.ROUND_ROBIN: round_robin,
    TournamentKind.KNOCKOUT: knockouts,
    TournamentKind.LEAGUE: leagues,
    TournamentKind.EVOLVE: search,
    TournamentKind.MORAN: populations,
    TournamentKind.ECOLOGICAL: populations,
    TournamentKind.SPATIAL: populations,
}


def pieces_of(spec: TournamentSpec) -> tuple[Piece, ...]:
    """Cut a tournament into pieces, always in the same way."""
    return _module_of(spec).pieces(spec)


def seated(spec: TournamentSpec, pieces: Sequence[Piece], played: Sequence[bytes]) -> list[Piece]:
    """Say who plays in the pieces of a stage. played: the results of all stages before.

    Only in a knockout is that not known from the first.
    """
    if spec.kind is not TournamentKind.KNOCKOUT:
        return list(pieces)
    return knockouts.seated(spec, pieces, played)


def play_piece(serialised: SerialisedSpec, piece: Piece) -> bytes:
    """Play one piece; pure, and the same on any thread, process or machine."""
    spec = _spec_of(serialised)
    return _module_of(spec).play(spec, piece)


def document_of(spec: TournamentSpec, played: Sequence[bytes]) -> dict[str, Any]:
    """Combine the results of all pieces into one JSON document.

    played: every piece's bytes, in order. Tied entrants are listed by name and by place.
    """
    head: dict[str, Any] = {
        "id": spec.id,
        "kind": spec.kind.value,
        "software_version": SOFTWARE_VERSION,
        "game_name": spec.game,
    }
    told = _module_of(spec).document(spec, played)
    made: dict[str, Any] = {**head, **told, "rules_version": spec.rules_version}
    if "standings" in made:
        made["standings"] = [_named(spec, row) for row in made["standings"]]
    return made


def document_from(serialised: SerialisedSpec, played: Sequence[bytes]) -> dict[str, Any]:
    """Do the same in another process."""
    return document_of(_spec_of(serialised), played)


def _named(spec: TournamentSpec, row: dict[str, Any]) -> dict[str, Any]:
    tied = row["tied_with"]
    return {**row, "tied_with": [spec.entrants[place] for place in tied], "tied_places": tied}


@lru_cache(maxsize=4)
def _spec_of(serialised: SerialisedSpec) -> TournamentSpec:
    return spec_of(json.loads(serialised.description), serialised.own)


def _module_of(spec: TournamentSpec) -> KindModule:
    is_expected = spec.kind is TournamentKind.ROUND_ROBIN and spec.is_exact
    return expectations if is_expected else _MODULES[spec.kind]
