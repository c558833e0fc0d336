"""Where goes what a bot's own code prints: not among the results."""

import contextlib
import sys
from collections.abc import Generator


@contextlib.contextmanager
def prints_as_errors() -> Generator[None]:
    """Send what is printed meanwhile, on any thread, to the error stream."""
    with contextlib.redirect_stdout(sys.stderr):
        yield
