"""Parameters of a scenario: how rounds change standing, and the strength of the lenses."""

from dataclasses import dataclass


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
