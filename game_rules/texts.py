"""Text as people see it: cleaned at every door, compared by sight, and numbers in any script.

Names and titles are one line in NFKC. Messages keep their lines and are in NFC. What has no picture
of its own (controls, direction overrides, zero-width signs, fillers) is taken out; what is stored
already is never touched. The look-alikes are a subset of Unicode's confusables (UTS 39): Latin
letters with their twins in Cyrillic, Greek and Armenian, and the Arabic letters that Urdu, Persian
and Arabic keyboards write in two ways.
"""

import unicodedata
from functools import lru_cache

LINE_SIGNS = "\n\t"
"""The only controls that a message keeps."""

_JOINERS = "\u200c\u200d"
"""Urdu, Persian and emoji need them between letters; alone they are nothing."""

_MARKS_OF_DIRECTION = "\u200e\u200f\u061c"
"""Harmless in a message: each acts like one invisible letter. Overrides and isolates are not."""

_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0\u2800")
"""Letters and marks without a picture."""

_UNSEEN = frozenset(("Cc", "Cf", "Cs"))
_SPACES = frozenset(("Zs", "Zl", "Zp"))
_PICTURES = "LNPS"

_BREAKS = dict.fromkeys(map(ord, "\x0b\x0c\x85\u2028\u2029"), "\n")

_SMALL_TWINS = (
    "аa еe ѕs іi јj оo рp сc хx уy һh ԁd ԛq ԝw ӏl үy "  # Cyrillic
    "αa γy ιi κk νv οo ρp υu χx ϲc ϳj "  # Greek
    "օo ոn սu հh ցg զq յj "  # Armenian
    "ıi ɩi ɑa ɡg ʏy ſf "  # rare Latin
    "يی ىی كک هہ"  # Arabic letters, as Urdu and Persian write them
)
_CAPITAL_TWINS = (
    "АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT ХX УY ҮY ԌG ԚQ ԜW ӀI "  # Cyrillic
    "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ՕO ՏS"  # Greek, Armenian
)


def _twins(pairs: str) -> dict[int, str]:
    return {ord(odd): plain for odd, plain in pairs.split()}


_SMALL = _twins(_SMALL_TWINS)
_LATIN = {**_SMALL, **_twins(_CAPITAL_TWINS)}
_TYPED_ALIKE = _twins("Il 1l |l 0O")

_MINUS = "\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d\u2796"
_SIGNS = str.maketrans(
    {
        **dict.fromkeys(_MINUS, "-"),
        "\u066b": ".",  # the Arabic decimal point
        "\u2044": "/",  # what NFKC makes of ½
        "\u2215": "/",
        "\u060c": ",",
        "\u061b": ";",
    }
)


def clean_text(text: str, *, has_lines: bool = False) -> str:
    """Take out of a typed text what cannot be seen; empty if nothing is left to see.

    Without lines it is a name or title: NFKC, runs of white space are one space. With lines it is a
    message: NFC, every line break is one LF, tabs stay.

    >>> clean_text(" Ａnna\\u200b  B\\u202e. "), clean_text("\\u2800\\u3164\\u200d")
    ('Anna B.', '')
    >>> clean_text("a\\x00b\\r\\nc\\td", has_lines=True)
    'ab\\nc\\td'
    """
    if text.isascii() and text.isprintable():
        return text.strip() if has_lines else " ".join(text.split())
    if has_lines:
        plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
        kept = "".join(filter(_stays_in_message, plain.translate(_BREAKS))).strip()
    else:
        spaced = "".join(_spaced(sign) for sign in unicodedata.normalize("NFKC", text))
        seen = "".join(sign for sign in spaced if _stays_in_name(sign))
        kept = unicodedata.normalize("NFKC", " ".join(seen.split())).strip(_JOINERS + " ")
    return kept if any(map(_is_seen, kept)) else ""


def invisible_sign(text: str) -> str | None:
    """Return the first sign of an author's text that no reader could see, if there is any.

    >>> invisible_sign("a\\u202eb"), invisible_sign("سلام\\u200cها")
    ('\\u202e', None)
    """
    allowed = _JOINERS + _MARKS_OF_DIRECTION
    return next((x for x in text if unicodedata.category(x) in _UNSEEN and x not in allowed), None)


def is_visible(text: str) -> bool:
    """Tell whether there is anything to see.

    >>> is_visible("سلام"), is_visible("\\u200b \\u3164")
    (True, False)
    """
    return any(map(_is_seen, text))


def same_name(one: str, other: str) -> bool:
    """Tell whether people would read two names as one: by letters, or by their look.

    >>> same_name("Anna", "аNNА"), same_name("AI", "Al"), same_name("José", "Jose")
    (True, True, False)
    """
    return any(a == b for a, b in zip(_looks(one), _looks(other), strict=True))


def file_name(stem: str, longest: int = 40) -> str:
    """Make a name for links out of a file's, keeping letters, marks and digits of every script.

    >>> file_name("South China-Sea"), file_name("süd"), file_name("---")
    ('south_china_sea', 'süd', '')
    """
    kept = unicodedata.normalize("NFKC", stem).casefold()
    words = "".join(x if unicodedata.category(x)[0] in "LMN" else " " for x in kept).split()
    return unicodedata.normalize("NFC", "_".join(words)[:longest].strip("_"))


def read_number(text: str) -> str:
    """Spell a typed number as programs do: any minus sign, and the digits of any script.

    What is no number stays what it is, for whoever reads it to refuse.

    >>> read_number("−3"), read_number("٣٫٥"), read_number("－１／２"), read_number("three")
    ('-3', '3.5', '-1/2', 'three')
    """
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    shown = (x for x in plain if unicodedata.category(x) != "Cf")
    return "".join(str(unicodedata.decimal(x, x)) for x in shown)


@lru_cache(maxsize=4096)
def _looks(name: str) -> tuple[str, str]:
    """Return a name by its letters in any case, and by its look in the case that it has."""
    plain = "".join(x for x in clean_text(name) if x not in _JOINERS)
    digits = "".join(str(unicodedata.decimal(x, x)) for x in plain)
    by_letter = unicodedata.normalize("NFKC", digits.casefold()).translate(_SMALL)
    return by_letter, digits.translate(_LATIN).translate(_TYPED_ALIKE)


def _spaced(sign: str) -> str:
    is_space = unicodedata.category(sign) in _SPACES or sign.isspace()
    return " " if is_space else sign


def _stays_in_name(sign: str) -> bool:
    if sign in _JOINERS:
        return True
    return unicodedata.category(sign) not in _UNSEEN and sign not in _FILLERS and _is_sign(sign)


def _stays_in_message(sign: str) -> bool:
    if sign in LINE_SIGNS or sign in _JOINERS or sign in _MARKS_OF_DIRECTION:
        return True
    return unicodedata.category(sign) not in _UNSEEN and _is_sign(sign)


def _is_sign(sign: str) -> bool:
    """Tell whether a code point may ever be a character."""
    return ord(sign) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(sign) <= 0xFDEF


def _is_seen(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return (kind[0] in _PICTURES or kind == "Cn") and sign not in _FILLERS
