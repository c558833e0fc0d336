"""The progress of long computations, as a bar on the error stream."""

import contextlib
import sys
from collections.abc import Callable, Generator

Told = Callable[[int], None]
"""Called with how many more are done."""


@contextlib.contextmanager
def shown_progress(matches: int, noun: str = "matches") -> Generator[Told]:
    """Show a bar on the error stream while matches are played, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    is_hidden, console = not sys.stderr.isatty(), Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=is_hidden) as progress:
        task = progress.add_task(noun, total=matches)
        yield lambda more: progress.advance(task, more)
