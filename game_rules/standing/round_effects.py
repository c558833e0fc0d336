"""The actions of a round, and its other effects on standing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from game_rules.games.stage_games import Action
from game_rules.roles import Seat
from game_rules.scenario.moves import Effect
from game_rules.scenario.scenario import Arena
from game_rules.standing.standing import Pair
from game_rules.swift import swift

PlayedArenas = Sequence[tuple[Arena, Mapping[Seat, Action]]]
"""Each arena of a round and what its members played."""

Sightings = Mapping[str, Mapping[Seat, Mapping[Seat, Action]]]
"""By arena: sightings[i][j] is what i saw j play."""


@swift
@dataclass(frozen=True, slots=True)
class RoundEffects:
    """What a round did besides its results.

    sightings: whatever is not named was seen as it was played. breaches: (arena, breaker) of
    pacts whose breach costs more trust. linked: (arena, breaker) where such a breach counts that
    was made in another arena. funders: by arena, who funds its institution. strains: added to the
    tension of a rival pair. kept: (arena, seat) of public pledges that were kept. moves: effects of
    earlier moves that were in force.
    """

    sightings: Sightings = field(default_factory=dict)
    breaches: Collection[tuple[str, Seat]] = ()
    linked: Collection[tuple[str, Seat]] = ()
    funders: Mapping[str, Collection[Seat]] = field(default_factory=dict)
    strains: Mapping[Pair, float] = field(default_factory=dict)
    kept: Collection[tuple[str, Seat]] = ()
    moves: Sequence[Effect] = ()

    def seen_by(self, seat: Seat, played: PlayedArenas) -> list[Mapping[Seat, Action]]:
        """Return what a seat saw everybody play: the truth, unless a sighting differs."""
        seen = []
        for arena, acted in played:
            mistaken = self.sightings.get(arena.name)
            wrong = mistaken.get(seat) if mistaken else None
            seen.append({**acted, **wrong} if wrong else acted)
        return seen


QUIET = RoundEffects()
"""What a round did besides its results where nothing was seen wrongly, agreed or moved."""
