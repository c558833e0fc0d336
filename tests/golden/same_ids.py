"""The same ids, codes, tokens and seeds in every run."""

import base64
import random
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from unittest.mock import patch


@contextmanager
def same_ids() -> Generator[None]:
    """Draw what is drawn from the system's chance by a seed, as long as this is open."""
    chance = random.Random(7)

    def token_urlsafe(size: int = 32) -> str:
        return base64.urlsafe_b64encode(chance.randbytes(size)).rstrip(b"=").decode()

    with (
        patch.object(secrets, "token_urlsafe", token_urlsafe),
        patch.object(secrets, "token_hex", lambda size=32: chance.randbytes(size).hex()),
        patch.object(secrets, "choice", chance.choice),
    ):
        yield
