"""The vocabulary of two-by-two games: sides by their ordering, families, familiar names."""

from enum import StrEnum


class OrdinalType(StrEnum):
    """One player's side of a strict game, by the order of its payoffs."""

    CHICKEN = "chicken"
    BATTLE = "battle"
    HERO = "hero"
    COMPROMISE = "compromise"
    DEADLOCK = "deadlock"
    PRISONERS_DILEMMA = "prisoners_dilemma"
    STAG_HUNT = "stag_hunt"
    ASSURANCE = "assurance"
    COORDINATION = "coordination"
    PEACE = "peace"
    HARMONY = "harmony"
    CONCORD = "concord"

    @property
    def full_name(self) -> str:
        """The full name."""
        return _NAMES[self][1]

    @property
    def abbreviation(self) -> str:
        """The two letters used in the literature."""
        return _NAMES[self][0]

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other common names of the symmetric game of this type."""
        return _ALIASES.get(self, ())


_NAMES = {
    OrdinalType.CHICKEN: ("Ch", "Chicken"),
    OrdinalType.BATTLE: ("Ba", "Battle (Leader)"),
    OrdinalType.HERO: ("Hr", "Hero"),
    OrdinalType.COMPROMISE: ("Cm", "Compromise"),
    OrdinalType.DEADLOCK: ("Dl", "Deadlock"),
    OrdinalType.PRISONERS_DILEMMA: ("Pd", "Prisoner's Dilemma"),
    OrdinalType.STAG_HUNT: ("Sh", "Stag Hunt"),
    OrdinalType.ASSURANCE: ("As", "Assurance"),
    OrdinalType.COORDINATION: ("Co", "Coordination"),
    OrdinalType.PEACE: ("Pc", "Peace"),
    OrdinalType.HARMONY: ("Ha", "Harmony"),
    OrdinalType.CONCORD: ("Nc", "Concord"),
}

_ALIASES = {OrdinalType.CHICKEN: ("Hawk-Dove", "Snowdrift")}

ORDERS = {
    "TRSP": OrdinalType.CHICKEN,
    "TSRP": OrdinalType.BATTLE,
    "TSPR": OrdinalType.HERO,
    "TPSR": OrdinalType.COMPROMISE,
    "TPRS": OrdinalType.DEADLOCK,
    "TRPS": OrdinalType.PRISONERS_DILEMMA,
    "RTPS": OrdinalType.STAG_HUNT,
    "RPTS": OrdinalType.ASSURANCE,
    "RPST": OrdinalType.COORDINATION,
    "RSPT": OrdinalType.PEACE,
    "RSTP": OrdinalType.HARMONY,
    "RTSP": OrdinalType.CONCORD,
}
"""Best payoff first. Source: Bruns 2015."""


class Family(StrEnum):
    """Strict games by their best equilibrium, in ranks from 4 (best) to 1 (Bruns 2015)."""

    WIN_WIN = "win_win"
    BIASED = "biased"
    SECOND_BEST = "second_best"
    UNFAIR = "unfair"
    TRAGIC = "tragic"
    CYCLIC = "cyclic"


FAMILIES = {
    (4, 4): Family.WIN_WIN,
    (3, 4): Family.BIASED,
    (3, 3): Family.SECOND_BEST,
    (2, 4): Family.UNFAIR,
    (2, 3): Family.TRAGIC,
    (2, 2): Family.TRAGIC,
}


class Familiar(StrEnum):
    """Names of games that also apply with ties."""

    BATTLE_OF_THE_SEXES = "battle_of_the_sexes"
    STAG_HUNT = "stag_hunt"
    HARMONY = "harmony"
    CHICKEN = "chicken"
    PRISONERS_DILEMMA = "prisoners_dilemma"
    DEADLOCK = "deadlock"
    MATCHING_PENNIES = "matching_pennies"
    CONSTANT_SUM = "constant_sum"

    @property
    def full_name(self) -> str:
        """The full name."""
        return _FAMILIAR_NAMES[self]


_FAMILIAR_NAMES = {
    Familiar.BATTLE_OF_THE_SEXES: "Battle of the Sexes",
    Familiar.STAG_HUNT: "Stag Hunt",
    Familiar.HARMONY: "Harmony",
    Familiar.CHICKEN: "Chicken",
    Familiar.PRISONERS_DILEMMA: "Prisoner's Dilemma",
    Familiar.DEADLOCK: "Deadlock",
    Familiar.MATCHING_PENNIES: "Matching Pennies",
    Familiar.CONSTANT_SUM: "Constant-sum contest",
}

KINDS = {
    Familiar.BATTLE_OF_THE_SEXES: {OrdinalType.BATTLE, OrdinalType.HERO},
    Familiar.STAG_HUNT: {OrdinalType.STAG_HUNT, OrdinalType.ASSURANCE, OrdinalType.COORDINATION},
    Familiar.HARMONY: {OrdinalType.HARMONY, OrdinalType.CONCORD, OrdinalType.PEACE},
    Familiar.CHICKEN: {OrdinalType.CHICKEN},
    Familiar.PRISONERS_DILEMMA: {OrdinalType.PRISONERS_DILEMMA},
    Familiar.DEADLOCK: {OrdinalType.DEADLOCK, OrdinalType.COMPROMISE},
}
"""A familiar name covers these sides; a game has it if both sides do, however ties are broken."""
