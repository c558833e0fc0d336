"""What the charts of a debrief are drawn with. Nothing is told by colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import hypot
from textwrap import wrap

WIDE, MARGIN = 640, 34
LETTER = 6.2
"""Of a letter: its mean width in the type of the charts."""

LINE = 15
"""Of lines of words: their distance."""

INKS = ("#17242c", "#1f6f78", "#a3482d", "#6b5b95", "#8a6d1b", "#3b6b35")
DASHES = ("none", "7 3", "2 2", "9 3 2 3", "4 2", "1 3", "12 3", "5 2 1 2 1 2")

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Style:
    """How a curve is drawn: its ink, and its dashes, which tell it apart without the ink."""

    ink: str
    dashes: str


def style(number: int) -> Style:
    """Give the style of a curve. number: from 0."""
    return Style(INKS[number % len(INKS)], DASHES[number % len(DASHES)])


def svg(width: float, height: float, inside: str, title: str) -> str:
    """Frame a picture. Time runs from left to right in every language."""
    label = f'role="img" aria-label="{escape(title)}"'
    return f'<svg viewBox="0 0 {width:g} {height:g}" {label} direction="ltr">{inside}</svg>'


def text(x: float, y: float, words: str, anchor: str = "start") -> str:
    """Write words, which run in the direction of their first letter."""
    shown = escape(words if words.isascii() else f"\u2068{words}\u2069")
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{shown}</text>'


def lines_of(words: str, width: float) -> list[str]:
    """Break words into lines that fit a width."""
    return wrap(words, max(1, int(width / LETTER)), break_long_words=False)


def paragraph(x: float, y: float, lines: Sequence[str], anchor: str) -> str:
    """Write lines under each other."""
    return "".join(text(x, y + LINE * place, line, anchor) for place, line in enumerate(lines))


def grid(a: Point, b: Point) -> str:
    """Draw a line of the grid."""
    return f'<line x1="{a[0]:.1f}" y1="{a[1]:.1f}" x2="{b[0]:.1f}" y2="{b[1]:.1f}" class="grid"/>'


def curve(points: Sequence[Point], of: Style) -> str:
    """Draw a curve through points."""
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    drawn = f'stroke="{of.ink}" stroke-width="2" stroke-dasharray="{of.dashes}"'
    return f'<polyline points="{joined}" fill="none" {drawn}/>'


def dots(points: Sequence[Point], of: Style) -> str:
    """Mark points."""
    return "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{of.ink}"/>' for x, y in points
    )


def open_circle(at: Point, of: Style) -> str:
    """Mark where something starts."""
    drawn = f'r="4" fill="#fff" stroke="{of.ink}" stroke-width="1.5"'
    return f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" {drawn} class="start"/>'


def square(at: Point, of: Style) -> str:
    """Mark where something ends."""
    x, y = at[0] - 5, at[1] - 5
    drawn = f'width="10" height="10" fill="{of.ink}"'
    return f'<rect x="{x:.1f}" y="{y:.1f}" {drawn} class="end"/>'


def arrow(a: Point, b: Point, of: Style) -> str:
    """Draw the way from a start, an open circle, to an end, the head of an arrow."""
    length = hypot(b[0] - a[0], b[1] - a[1])
    x, y = ((b[0] - a[0]) / length, (b[1] - a[1]) / length) if length else (1.0, 0.0)
    wings = [(b[0] - 8 * x + s * 4.5 * y, b[1] - 8 * y - s * 4.5 * x) for s in (1, -1)]
    joined = " ".join(f"{p:.1f},{q:.1f}" for p, q in (b, *wings))
    head = f'<polygon points="{joined}" fill="{of.ink}" class="end"/>'
    return f"{curve((a, b), of)}{open_circle(a, of)}{head}"
