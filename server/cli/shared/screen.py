"""The terminal: how wide it is, what it can draw, and the signs for C and D."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from game_rules.games.stage_games import Action, C

COOPERATE, DEFECT, FAINT, STRONG = "bold cyan", "bold red", "dim", "bold"


@dataclass(frozen=True, slots=True)
class Screen:
    """A console and the signs it can draw: shapes that differ in outline, not in colour alone.

    cooperate, defect: two signs each, for an order given and for one that was missing.
    """

    console: Console
    cooperate: str
    defect: str
    levels: str
    bar: str
    dot: str

    @property
    def width(self) -> int:
        """How many columns a table may take."""
        return self.console.width

    def sign(self, action: Action, is_ordered: bool = True) -> Text:
        """Draw one action; a hollow sign was not ordered."""
        signs, style = (self.cooperate, COOPERATE) if action is C else (self.defect, DEFECT)
        return Text(signs[0 if is_ordered else 1], style)

    def level(self, share: float | None) -> Text:
        """Draw a share from 0 to 1 as a column one letter wide."""
        if share is None:
            return Text(" ")
        return Text(self.levels[round(share * (len(self.levels) - 1))], COOPERATE)

    def bar_of(self, value: float, longest: float, width: int) -> Text:
        """Draw a value as a bar beside the longest one; below zero in the colour of D."""
        length = round(width * abs(value) / longest) if longest else 0
        return Text(self.bar * length, DEFECT if value < 0 else COOPERATE)

    def table(self, title: str, columns: Iterable[str], caption: str = "", words: int = 1) -> Table:
        """Begin a table: leading columns of words, then figures; a column without a name: bars."""
        table = Table(
            title=Text(title, STRONG) + Text(f"  {caption}", FAINT),
            title_justify="left",
            box=None,
            header_style=FAINT,
            padding=(0, 1, 0, 0),
        )
        for place, column in enumerate(columns):
            is_left = place < words or not column
            table.add_column(column, justify="left" if is_left else "right", no_wrap=True)
        return table

    def print(self, *shown: RenderableType) -> None:
        """Print tables or text, each on lines of its own."""
        for one in shown or ("",):
            self.console.print(one)


def open_screen(console: Console | None = None) -> Screen:
    """Look at the terminal and choose signs that it can draw."""
    console = console or Console(highlight=False, emoji=False, markup=False)
    if console.encoding.lower().startswith("utf"):
        return Screen(console, "●○", "◆◇", "▁▂▃▄▅▆▇█", "━", " · ")
    return Screen(console, "Cc", "Dd", "0123456789", "=", ", ")


def bullets(lines: Iterable[str]) -> Table:
    """List lines of words, each after a dash."""
    table = Table.grid(padding=(0, 1, 0, 0))
    for words in lines:
        table.add_row(Text("-", FAINT), words)
    return table


def figure(value: float, digits: int) -> str:
    """Write points with as many decimals as their column has."""
    return f"{value:.{digits}f}"


def digits_of(values: Iterable[float]) -> int:
    """Choose decimals for a column: none where every value is whole."""
    return 0 if all(value == int(value) for value in values) else 1


def percent(share: float | None) -> str:
    """Write a share from 0 to 1."""
    return "" if share is None else f"{share:.0%}"


def short(words: str, longest: int, ellipsis: str = "...") -> str:
    """Cut words that are too long for their column."""
    return words if len(words) <= longest else words[: longest - len(ellipsis)] + ellipsis


def parts(rounds: Sequence, fit: int) -> Iterable[Sequence]:
    """Cut rounds into runs that fit side by side.

    >>> list(parts((1, 2, 3, 4, 5), 2))
    [(1, 2), (3, 4), (5,)]
    """
    step = max(1, fit)
    return (rounds[start : start + step] for start in range(0, len(rounds), step))
