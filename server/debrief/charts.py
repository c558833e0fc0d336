"""The charts of a debrief, as SVG: their figures are those of the exhibits."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from game_rules.debrief import remarks as r
from game_rules.debrief.exhibits import ROUNDS
from game_rules.debrief.remarks import Exhibit, Row
from server.debrief.drawing import (
    INKS,
    LINE,
    MARGIN,
    WIDE,
    Point,
    Style,
    arrow,
    curve,
    dots,
    grid,
    lines_of,
    open_circle,
    paragraph,
    square,
    style,
    svg,
    text,
)
from server.debrief.words import Words

HIGH, SMALL, LABELS = 200, 150, 230
TRUST, TENSION = Style(INKS[1], "none"), Style(INKS[2], "4 2")

Chart = tuple[str, str]
"""The key of a title, and a picture."""


def charts_of(exhibits: Mapping[str, Exhibit], words: Words) -> Iterator[Chart]:
    """Draw all charts of a match."""
    rounds = exhibits["rounds"]
    yield "chart.index", _columns(rounds, words, "chart.index", ("index",), 100.0)
    parts = tuple(name for name in ROUNDS if name.startswith("part_"))
    yield "chart.parts", _columns(rounds, words, "chart.parts", parts, 1.0)
    yield "chart.compass", _compasses(exhibits["compass"], words)
    if "pairs" in exhibits:
        yield "chart.tension", _pairs(exhibits["pairs"], words)
    if "pacts" in exhibits:
        yield "chart.pacts", _pacts(exhibits["pacts"], len(rounds.rows), words)


def _cell(row: Row, column: int) -> float:
    value = row.cells[column].value
    return float(value) if isinstance(value, int | float) else 0.0


def _columns(rounds: Exhibit, words: Words, title: str, names: tuple[str, ...], top: float) -> str:
    """Draw columns of the rounds as curves."""
    curves = []
    for name in names:
        column = rounds.columns.index(name)
        values = [_cell(row, column) for row in rounds.rows]
        curves.append((words.say(f"column.{name}"), values))
    return curves_drawn(curves, words.say(title), top)


def curves_drawn(curves: Sequence[tuple[str, Sequence[float]]], title: str, top: float) -> str:
    """Draw values by round as curves, their names at the right of several. top: the largest."""
    count = max(len(values) for _, values in curves)
    longest = max(len(name) for name, _ in curves)
    right = WIDE - (MARGIN if len(curves) == 1 else 40 + 6.5 * longest)
    step = (right - MARGIN) / max(1, count - 1)
    high = max(HIGH, 2 * MARGIN + 15 * len(curves))

    def at(place: int, value: float) -> Point:
        return MARGIN + place * step, high - MARGIN - value / top * (high - 2 * MARGIN)

    parts = list(_axes(at, count, right, top, high))
    for number, (_, values) in enumerate(curves):
        points = [at(place, value) for place, value in enumerate(values)]
        parts += (curve(points, style(number)), dots(points, style(number)))
    if len(curves) > 1:
        ends = [(at(0, values[-1])[1], name, x) for x, (name, values) in enumerate(curves)]
        parts += _named(sorted(ends), right + 6)
    return svg(WIDE, high, "".join(parts), title)


def _axes(
    at: Callable[[int, float], Point], count: int, right: float, top: float, high: float
) -> Iterator[str]:
    for share in (0, 0.5, 1):
        x, y = at(0, share * top)
        yield grid((x, y), (right, y))
        yield text(MARGIN - 6, y + 4, f"{share * 100:.0f}", "end")
    for place in range(count):
        yield text(at(place, 0)[0], high - 12, str(place + 1), "middle")


def _named(names: Sequence[tuple[float, str, int]], x: float) -> Iterator[str]:
    """Write names beside the ends of curves, at least a line apart, each with its dashes."""
    lowest = 0.0
    for y, name, number in names:
        lowest = max(y + 4, lowest + 15)
        of = style(number)
        yield curve(((x, lowest - 4), (x + 22, lowest - 4)), of)
        yield f'<g fill="{of.ink}">{text(x + 27, lowest, name)}</g>'


def _compasses(compass: Exhibit, words: Words) -> str:
    """Draw a small compass for each arena: greed to the right, fear upwards, round by round."""
    ways: dict[str, list[Point]] = defaultdict(list)
    for row in compass.rows:
        ways[str(row.cells[0].value)].append((_cell(row, 2), _cell(row, 3)))
    most = max((abs(x) for way in ways.values() for point in way for x in point), default=1) or 1
    titles = [lines_of(words.arena(name), SMALL - 6) for name in ways]
    across, head = WIDE // SMALL, LINE * max(map(len, titles)) + 8
    parts = []
    for place, (title, way) in enumerate(zip(titles, ways.values(), strict=True)):
        corner = place % across * SMALL, place // across * (SMALL + head)
        parts.append(paragraph(corner[0] + SMALL / 2, corner[1] + LINE, title, "middle"))
        parts.append(_compass((corner[0], corner[1] + head), way, most, words))
    height = -(-len(ways) // across) * (SMALL + head)
    return svg(across * SMALL, height, "".join(parts), words.say("chart.compass"))


def _compass(corner: Point, way: Sequence[Point], most: float, words: Words) -> str:
    left, top = corner
    middle, reach = SMALL / 2, SMALL / 2 - 14

    def at(point: Point) -> Point:
        return left + middle + point[0] / most * reach, top + middle - point[1] / most * reach

    points = [at(point) for point in way]
    return "".join(
        (
            grid((left + 8, top + middle), (left + SMALL - 8, top + middle)),
            grid((left + middle, top + 8), (left + middle, top + SMALL - 8)),
            text(left + SMALL - 8, top + middle - 4, words.say("chart.greed"), "end"),
            text(left + middle + 4, top + 14, words.say("chart.fear")),
            curve(points, TRUST),
            dots(points[1:-1], TRUST),
            square(points[-1], TENSION),
            open_circle(points[0], TRUST),
        )
    )


def _pairs(pairs: Exhibit, words: Words) -> str:
    """Draw how trust (whole line) and tension (dashed) of each pair went."""
    right, top = WIDE - MARGIN, 44
    parts, height = [_key(words)], top + 8 + 20 * len(pairs.rows)
    for x in (0, 0.5, 1):
        at = LABELS + x * (right - LABELS)
        parts.append(grid((at, top - 4), (at, height - 6)))
        parts.append(text(at, top - 9, f"{x * 100:.0f}%", "middle"))
    for place, row in enumerate(pairs.rows):
        y = top + 14 + 20 * place
        a, b, c, d = (LABELS + _cell(row, column) * (right - LABELS) for column in (1, 2, 3, 4))
        parts.append(text(LABELS - 10, y + 4, words.value(row.cells[0]), "end"))
        parts.append(arrow((a, y - 4), (b, y - 4), TRUST))
        if isinstance(row.cells[3].value, float):
            parts.append(arrow((c, y + 5), (d, y + 5), TENSION))
    return svg(WIDE, height, "".join(parts), words.say("chart.tension"))


def _key(words: Words) -> str:
    """Tell which arrow is which."""
    parts = []
    told = ((LABELS, TRUST, "chart.trust"), (LABELS + 150, TENSION, "chart.tensions"))
    for left, of, name in told:
        parts.append(arrow((left, 12), (left + 40, 12), of))
        parts.append(f'<g fill="{of.ink}">{text(left + 48, 16, words.say(name))}</g>')
    return "".join(parts)


STRIPES = (
    '<defs><pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse"'
    f' patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
    f'<rect width="3" height="6" fill="{INKS[2]}"/></pattern></defs>'
)


def _pacts(pacts: Exhibit, count: int, words: Words) -> str:
    """Draw a bar for each pact, over the rounds that it was in force; striped if it was broken."""
    step = (WIDE - MARGIN - LABELS) / count
    parts = [STRIPES]
    parts += [text(LABELS + (x + 0.5) * step, 12, str(x + 1), "middle") for x in range(count)]
    y = 20.0
    for row in pacts.rows:
        label = f"{words.value(row.cells[0])}: {words.value(row.cells[2])}"
        lines = lines_of(f"{label}, {words.value(row.cells[1])}", LABELS - 14)
        first, last = (min(count, max(1, int(_cell(row, column)))) for column in (3, 4))
        fill = "url(#stripes)" if _cell(row, 6) else INKS[1]
        width, x = (last - first + 1) * step - 4, LABELS + (first - 1) * step + 2
        parts.append(paragraph(LABELS - 10, y + 11, lines, "end"))
        drawn = f'height="13" fill="{fill}" stroke="{INKS[1]}"'
        parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" {drawn}/>')
        y += LINE * len(lines) + 6
    return svg(WIDE, y + 4, "".join(parts), words.say("chart.pacts"))


def forecasts_drawn(rows: Sequence[Row], words: Words) -> str:
    """Draw how often each expected action came, with its interval, and the base rate."""
    high, left = 130.0, 150.0

    def at(share: float) -> float:
        return left + share * (WIDE - left - MARGIN)

    base = at(_cell(rows[0], 8))
    parts = [curve([(base, 10.0), (base, high - 30)], style(1))]
    for mark in (0.0, 0.5, 1.0):
        parts.append(grid((at(mark), 10), (at(mark), high - 30)))
        parts.append(text(at(mark), high - 12, words.value(r.share(mark)), "middle"))
    for place, row in enumerate(x for x in rows if x.id in ("forecasts-C", "forecasts-D")):
        y = 35.0 + 40 * place
        share, low, most = (at(_cell(row, column)) for column in (4, 5, 6))
        parts.append(text(left - 12, y + 4, words.value(row.cells[0]), "end"))
        parts += (curve([(low, y), (most, y)], style(0)), square((share, y), style(0)))
    return svg(WIDE, high, "".join(parts), words.say("chart.class_forecasts"))
