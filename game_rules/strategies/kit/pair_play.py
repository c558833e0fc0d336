"""A doctrine in a contest: one opponent, no talk, and its memory of the match.

The formulas are those of a scenario, for a game without countries: all trade with the other, no
institution, and no initial affinity (Assumption, as in `bare_lensed_game`).
"""

from dataclasses import dataclass, field

from game_rules.doctrines.doctrine import Doctrine
from game_rules.doctrines.situation import FIXED_LENGTH_SHADOW, Situation
from game_rules.games.stage_games import Action, Bimatrix, C
from game_rules.lenses.lensed_games import corners_seen
from game_rules.lenses.lenses import Lens, LensParameters, Regard, constructivist, liberal, realist
from game_rules.scenario.parameters import StandingParameters
from game_rules.strategies.kit.play import Conditions, Play


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory of a match: counts of C and D seen, affinity, the norm. Rules section 4."""

    good: float
    bad: float
    affinity: float
    norm: float

    @property
    def trust(self) -> float:
        """The trust τ."""
        return self.good / (self.good + self.bad)

    def after(self, own: Action, other: Action, p: StandingParameters) -> "Memory":
        """Return the memory after one more round."""
        is_kind, keep = other is C, p.norm_memory
        share = ((own is C) + is_kind) / 2.0
        step = p.affinity_of_mutual if is_kind else -p.affinity_of_betrayal
        return Memory(
            good=p.trust_memory * self.good + (1.0 if is_kind else 0.0),
            bad=p.trust_memory * self.bad + (0.0 if is_kind else p.defection_weight),
            affinity=min(1.0, max(-1.0, self.affinity + (step if own is C else 0.0))),
            norm=keep * self.norm + (1.0 - keep) * share,
        )


@dataclass(frozen=True, slots=True)
class PairPlay:
    """The routine of a doctrine: plays one side of a match."""

    doctrine: Doctrine
    standing: StandingParameters = field(default_factory=StandingParameters)
    lenses: LensParameters = field(default_factory=LensParameters)

    def __call__(self, conditions: Conditions) -> Play:
        """Play one match."""
        return self._play(conditions)

    def _play(self, conditions: Conditions) -> Play:
        p = self.standing
        game = Bimatrix(conditions.corners, conditions.theirs or conditions.corners)
        memory, turn = Memory(p.count_at_start, p.count_at_start, 0.0, p.norm_at_start), 0
        while True:
            turn += 1
            situation = self._situation(game, memory)
            chance = self.doctrine.chance_of_c(situation)
            own, other = yield C if conditions.draw(turn) < chance else Action.D
            memory = memory.after(own, other, p)

    def _situation(self, game: Bimatrix, memory: Memory) -> Situation:
        lens = self.doctrine.lens
        own = None if lens is None else self._regard(lens, memory)
        corners = game.row if own is None else corners_seen(game, 0, own)
        believed = self.doctrine.expects(memory.trust, memory.affinity)
        return Situation(self.doctrine.counts(corners, FIXED_LENGTH_SHADOW), believed)

    def _regard(self, lens: Lens, memory: Memory) -> Regard:
        if lens is Lens.REALISM:
            return realist((0.0, 1.0), self.lenses.k)
        if lens is Lens.LIBERALISM:
            return liberal((0.0, 1.0), 0.0, self.lenses)
        return constructivist((0.0, memory.affinity), memory.norm, 0, self.lenses)
