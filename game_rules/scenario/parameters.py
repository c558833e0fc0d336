"""Parameters of a scenario: what rounds change, and the strength of the lenses."""

from dataclasses import dataclass

from game_rules.games.corners import Corners


@dataclass(frozen=True, slots=True)
class StandingParameters:
    """The numbers of rules section 4; those marked A are assumptions of this project.

    Memories are the share of a figure that a round leaves standing. Starts are figures before
    the first round.
    """

    trust_memory: float = 0.9
    defection_weight: float = 2.0
    breach_weight: float = 2.0
    dependency_memory: float = 0.8
    supplier_share: float = 0.35
    letdown_cost: float = 2.0
    tension_memory: float = 0.9
    tension_of_defection: float = 0.10
    relief_of_cooperation: float = 0.12
    crisis_tension: float = 0.8
    spiral_rounds: int = 3
    fragmented_share: float = 0.5
    fragmented_rounds: int = 2
    institution_memory: float = 0.8
    norm_memory: float = 0.8  # A
    affinity_of_mutual: float = 0.05
    affinity_of_betrayal: float = 0.10
    optimistic_index: float = 65.0
    pessimistic_index: float = 30.0
    calm_rounds: int = 2
    count_at_start: float = 1.0  # A: of C and of D alike, so trust starts at one half
    tension_at_start: float = 0.3  # A
    institution_at_start: float = 0.3  # A
    norm_at_start: float = 0.5  # A
    affinity_of_rivals: float = -0.5  # A
    affinity_of_partners: float = 0.5  # A: within an exclusive arena


@dataclass(frozen=True, slots=True)
class LensParameters:
    """The strength of each lens; the defaults are assumptions made for play.

    k: realism's concern for relative gains. lam: liberalism's weight of a trade share.
    beta: of institution strength, for C. alpha: constructivism's weight of affinity. nu: of the
    arena's norm, for C and against D.
    """

    k: float = 0.5
    lam: float = 0.5
    beta: float = 1.0
    alpha: float = 0.5
    nu: float = 0.5


STAKES = Corners(T=1.0, R=0.0, P=-6.0, S=-2.0)
"""What a crisis of rules 2 pays each side where a scenario has no stakes of its own. Assumption."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """What standing does to the terms of arenas, in rules version 2; A marks assumptions for play.

    Rates of tension are of one round. Costs are points; factors multiply what they are named after.
    supplier_share: the leaning from which a partner has leverage; second_share: the one from which
    a second source can be found.
    """

    shadow: float = 3.0  # A: h, what C costs more at Z = 1
    tension_of_defection: float = 0.18  # A
    relief_of_cooperation: float = 0.06  # A
    tension_of_blocs: float = 0.06  # A
    strained_tension: float = 0.5  # A
    crisis_tension: float = 0.8
    wariness: float = 1.0  # A: u
    entrapment: float = 2.5  # A: κ
    abandonment: float = 3.0  # A
    support: float = 3.0  # A: s
    brink_factor: float = 1.5  # A
    stretch_cost: float = 1.5  # A: o
    leverage_cost: float = 2.0  # A
    supplier_share: float = 0.2  # A
    second_share: float = 0.1  # A
    institution_at_start: float = 0.2  # A
    institution_memory: float = 0.9  # A
    institution_gain: float = 0.3  # A
    eased_exposure: float = 0.5  # A
    eased_cost: float = 0.25  # A
    eased_fog: float = 0.5  # A
    faith_of_allies: float = 3.0  # A: counts of C at the start, beside one of D
    least_part: float = 0.05  # A: below which no part of the index falls
    optimistic_index: float = 65.0
    pessimistic_index: float = 31.0  # A: just above Deadlock in which all cooperate
