"""The codes that a facilitator shows and players type: XXXX-XXXX.

Crockford's base 32: ten digits and the letters without I, L, O and U, so that nothing looks like
something else; what looks alike is read as meant. 32^8 codes, a trillion. They are no secret for
long: whoever knows one may ask for a seat, so guessing is rationed where codes are taken in.
Source: Douglas Crockford, "Base 32", crockford.com/base32.html.
"""

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8

_LOOK_ALIKES = str.maketrans("ILO", "110")


def new_code() -> str:
    """Draw a code."""
    return _shown("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def normalise_code(text: str) -> str:
    """Write a typed code as it is shown; what can be no code comes back without its spaces.

    Case, spaces and dashes do not matter, nor in which script the digits are.

    >>> normalise_code(" abcd efg1 "), normalise_code("ABCD-EFGl"), normalise_code("hello")
    ('ABCD-EFG1', 'ABCD-EFG1', 'HELL0')
    """
    plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).upper()
    digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in plain)
    typed = digits.translate(_LOOK_ALIKES)
    return _shown(typed) if len(typed) == LENGTH else typed


def _shown(code: str) -> str:
    return f"{code[:4]}-{code[4:]}"
