"""Suggestions for unknown names, for error messages."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

_MOST_LISTED = 12


def nearest(wanted: str, known: Iterable[str], also: Mapping[str, str] | None = None) -> str:
    """Suggest known names near a wanted one, or say what is known.

    also: other spellings, each with the known name it stands for.

    >>> nearest("chiken", ["chicken", "harmony"])
    'did you mean chicken?'
    >>> nearest("China", ["CHN", "USA"], {"China": "CHN"})
    'did you mean CHN?'
    >>> nearest("x", ["chicken", "harmony"])
    'known: chicken, harmony'
    """
    names = list(known)
    spelled = {name.casefold(): name for name in names}
    for spelling, name in (also or {}).items():
        spelled.setdefault(spelling.casefold(), name)
    close = get_close_matches(wanted.casefold()[:100], spelled, n=3)
    if close:
        found = dict.fromkeys(spelled[spelling] for spelling in close)
        return f"did you mean {' or '.join(found)}?"
    listed = ", ".join(names[:_MOST_LISTED])
    return f"known: {listed}{', ...' if len(names) > _MOST_LISTED else ''}"
