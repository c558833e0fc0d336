"""Other names of strategies, for suggestions."""

from collections.abc import Iterable, Mapping

_BY_NAME: Mapping[str, tuple[str, ...]] = {
    "tit_for_tat": ("tft", "rapoport"),
    "tit_for_2_tats": ("tf2t", "tftt", "tit_for_two_tats"),
    "two_tits_for_tat": ("2tft", "ttft", "2_tits_for_tat"),
    "suspicious_tit_for_tat": ("stft",),
    "anti_tit_for_tat": ("atft", "reverse_tit_for_tat"),
    "hard_tit_for_tat": ("htft",),
    "omega_tft": ("omega_tit_for_tat",),
    "contrite_tit_for_tat": ("ctft",),
    "gtft": ("generous_tit_for_tat",),
    "win_stay_lose_shift": ("wsls", "pavlov", "simpleton"),
    "grudger": ("friedman", "grim", "grim_trigger", "trigger", "spite", "spiteful"),
    "cooperator": ("all_c", "allc", "always_cooperate", "always_c", "unconditional_cooperator"),
    "defector": ("all_d", "alld", "always_defect", "always_d", "unconditional_defector"),
    "all_c_or_all_d": ("all_cor_alld",),
    "go_by_majority": ("majority", "soft_majority"),
    "hard_go_by_majority": ("hard_majority",),
    "cycler_dc": ("per_dc", "periodic_dc"),
    "cycler_ccd": ("per_ccd", "periodic_ccd"),
    "cycler_ddc": ("per_ddc", "periodic_ddc"),
    "laboratory_person": ("human", "people", "person", "lab_person"),
    "first_by_tideman_and_chieruzzi": ("tideman", "chieruzzi", "tideman_and_chieruzzi"),
    "first_by_stein_and_rapoport": ("stein", "stein_and_rapoport"),
    "first_by_anonymous": ("anonymous", "unnamed", "name_withheld"),
}
_FIRST_BY = "first_by_"


def other_names(known: Iterable[str]) -> dict[str, str]:
    """Map other names of known strategies to their names here.

    >>> other_names(["grudger", "first_by_davis"])["davis"]
    'first_by_davis'
    """
    found: dict[str, str] = {}
    for name in known:
        authors = (name.removeprefix(_FIRST_BY),) if name.startswith(_FIRST_BY) else ()
        found.update(dict.fromkeys((*_BY_NAME.get(name, ()), *authors), name))
    return found
