"""Join codes, which a facilitator shows and players type: XXXX-XXXX.

Crockford's base 32: ten digits and the letters without I, L, O and U, so that no two symbols look
alike; a look-alike is read as the symbol it resembles. There are 32^8 codes, about a trillion. A
code is not a secret for long and allows a request for a seat, so failed tries are rate limited.
Source: Douglas Crockford, "Base 32", crockford.com/base32.html.
"""

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
KEY_LENGTH = 6

_LOOK_ALIKES = str.maketrans("ILO", "110")


def new_code() -> str:
    """Draw a random code."""
    return _shown("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def normalise_code(text: str) -> str:
    """Write a typed code as it is shown; what can be no code comes back without its spaces.

    Case, spaces and dashes do not matter, nor in which script the digits are.

    >>> normalise_code(" abcd efg1 "), normalise_code("ABCD-EFGl"), normalise_code("hello")
    ('ABCD-EFG1', 'ABCD-EFG1', 'HE110')
    """
    typed = normalise_key(text)
    return _shown(typed) if len(typed) == LENGTH else typed


def new_key() -> str:
    """Draw a random key by which one person returns; it is valid with that person's name only."""
    return "".join(secrets.choice(ALPHABET) for _ in range(KEY_LENGTH))


def normalise_key(text: str) -> str:
    """Write what was typed as keys and codes are drawn, without spaces and dashes.

    >>> normalise_key(" abol-23 ")
    'AB0123'
    """
    plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).upper()
    digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in plain)
    return digits.translate(_LOOK_ALIKES)


def _shown(code: str) -> str:
    return f"{code[:4]}-{code[4:]}"
