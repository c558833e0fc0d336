"""How far a tournament has come, on the terminal's error stream: rate and time left."""

import contextlib
import sys
from collections.abc import Callable, Generator

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskProgressColumn, TextColumn
from rich.progress import TimeRemainingColumn as TimeLeft
from rich.text import Text


class Rate(ProgressColumn):
    """Turns a second."""

    def render(self, task: Task) -> Text:
        """Draw it."""
        return Text("" if task.speed is None else f"{rate(task.speed)} turns/s")


def rate(speed: float) -> str:
    """Write a number of turns with three digits.

    >>> rate(251_000_000.0), rate(93_410.0), rate(12.0)
    ('251 M', '93.4 k', '12')
    """
    for size, sign in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if speed >= size:
            return f"{speed / size:.3g}{sign}"
    return f"{speed:.3g}"


@contextlib.contextmanager
def shown_progress(turns: float, played: float) -> Generator[Callable[[float], None]]:
    """Show a bar while it goes on; gives a function that is told of more turns.

    Nothing is shown where the error stream is no terminal.
    """
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        Rate(),
        TimeLeft(),
    )
    is_hidden = not sys.stderr.isatty()
    with Progress(*columns, console=console, transient=True, disable=is_hidden) as progress:
        task = progress.add_task("playing", total=turns, completed=int(played))
        yield lambda more: progress.advance(task, more)
