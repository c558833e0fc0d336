"""Charts of results: heat maps, a box plot, and shares over time. Needs matplotlib."""

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game_rules.errors import InvalidInput
from server.tournaments.exports import EXTRA

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CHARTS = ("payoffs", "cooperation", "box", "evolution")
FORMATS = (".png", ".svg")
MOST_NUMBERED = 16
MOST_NAMED = 60
MOST_LINES = 10
_INCH_PER_ENTRANT = 0.3
_DOTS = 150
_DASHES = ("-", "--", ":", "-.")


def require_plots(path: str, chart: str | None) -> None:
    """Check that a chart can be drawn. Raises InvalidInput naming the extra, format or chart."""
    if Path(path).suffix.lower() not in FORMATS:
        raise InvalidInput(f"{path}: pictures are PNG or SVG; end the name in .png or .svg")
    if chart is not None and chart not in CHARTS:
        raise InvalidInput(f"chart {chart!r} is not known; give one of {', '.join(CHARTS)}")
    if find_spec("matplotlib") is None:
        raise InvalidInput(f"a picture {EXTRA.format('plots')}")


def write_plot(path: str, document: Mapping[str, Any], chart: str | None = None) -> None:
    """Draw a chart of a tournament's document into a PNG or SVG file.

    chart: one of CHARTS; None takes the default of the kind. The same document gives the same SVG.
    Raises InvalidInput for a chart that this kind does not have.
    """
    require_plots(path, chart)
    import matplotlib as mpl
    from matplotlib.figure import Figure

    chosen = chart or _usual(document)
    draw = _DRAWINGS[chosen]
    with mpl.rc_context({"svg.hashsalt": "detente", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(layout="constrained")
        draw(figure, figure.subplots(), document)
        is_svg = path.lower().endswith(".svg")
        try:
            figure.savefig(path, dpi=_DOTS, metadata={"Date": None} if is_svg else None)
        except OSError as error:
            raise InvalidInput(f"{path}: cannot be written ({error.strerror})") from error


def _usual(document: Mapping[str, Any]) -> str:
    if "population" in document or "path" in document:
        return "evolution"
    return "payoffs" if "payoff_matrix" in document else "box"


def _ranked(document: Mapping[str, Any]) -> list[int]:
    return [row["place"] for row in document["standings"]]


def _require(document: Mapping[str, Any], key: str, chart: str) -> Any:
    if document.get(key) is None:
        charts = ", ".join(name for name in CHARTS if _has(document, name))
        problem = f"this tournament of kind {document['kind']} has no chart {chart!r}"
        raise InvalidInput(f"{problem}; it has: {charts or 'none'}")
    return document[key]


def _has(document: Mapping[str, Any], chart: str) -> bool:
    keys = {
        "payoffs": ("payoff_matrix",),
        "cooperation": ("cooperation_matrix",),
        "box": ("quartiles",),
        "evolution": ("population", "finalists", "path"),
    }
    return any(document.get(key) is not None for key in keys[chart])


def _heat_map(matrix: str, title: str, colours: str) -> Callable[..., None]:
    def draw(figure: "Figure", axes: "Axes", document: Mapping[str, Any]) -> None:
        import numpy as np

        chart = "payoffs" if matrix == "payoff_matrix" else "cooperation"
        whole = np.array(_require(document, matrix, chart), float)
        order = _ranked(document)
        shown = whole[np.ix_(order, order)]
        names = [document["entrants"][place] for place in order]
        side = max(4.5, 2.5 + _INCH_PER_ENTRANT * min(len(names), MOST_NAMED))
        figure.set_size_inches(side + 0.8, side)
        image = axes.imshow(shown, cmap=colours)
        figure.colorbar(image, ax=axes, shrink=0.8, label=title)
        _name_cells(axes, names)
        if len(names) <= MOST_NUMBERED:
            _number_cells(axes, shown)

    return draw


def _name_cells(axes: "Axes", names: list[str]) -> None:
    axes.set_xlabel("against")
    if len(names) > MOST_NAMED:
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set_ylabel(f"{len(names)} strategies, the best on top")
        return
    places = range(len(names))
    axes.set_xticks(places, names, rotation=90)
    axes.set_yticks(places, names)


def _number_cells(axes: "Axes", shown: Any) -> None:
    import numpy as np

    low, high = np.nanmin(shown), np.nanmax(shown)
    for (row, column), value in np.ndenumerate(shown):
        if np.isnan(value):
            continue
        is_dark = value < low + 0.55 * (high - low)
        colour = "white" if is_dark else "black"
        axes.text(column, row, f"{value:.2f}", ha="center", va="center", color=colour, size=7)


def _boxes(figure: "Figure", axes: "Axes", document: Mapping[str, Any]) -> None:
    quartiles = _require(document, "quartiles", "box")
    order = _ranked(document)
    keys = ("whislo", "q1", "med", "q3", "whishi")
    boxes = [
        {**dict(zip(keys, quartiles[place], strict=True)), "label": document["entrants"][place]}
        for place in reversed(order)
    ]
    figure.set_size_inches(7, max(2.5, 1 + 0.22 * len(boxes)))
    axes.bxp(boxes, orientation="horizontal", showfliers=False)
    axes.set_xlabel("points a turn, by repetition")
    axes.grid(axis="x", alpha=0.3)


def _evolution(figure: "Figure", axes: "Axes", document: Mapping[str, Any]) -> None:
    figure.set_size_inches(8, 4.5)
    axes.set_xlabel("generation")
    axes.grid(alpha=0.3)
    if document.get("path") is not None:
        _search(axes, document["path"])
        return
    if document.get("population") is not None:
        population = document["population"]
        places = range(len(document["entrants"]))
        _shares(axes, document, population["generations"], population["shares"], list(places))
        return
    finalists = _require(document, "finalists", "evolution")
    generations, shares = finalists["generations"], finalists["shares"]
    _shares(axes, document, generations, shares, finalists["places"])


def _search(axes: "Axes", path: list[dict[str, float]]) -> None:
    axes.plot([point["best"] for point in path], label="best")
    axes.plot([point["mean"] for point in path], linestyle="--", label="mean")
    axes.set_ylabel("points a turn")
    axes.legend()


def _shares(
    axes: "Axes", document: Mapping[str, Any], generations: Any, shares: Any, places: list[int]
) -> None:
    """Draw one line per entrant; if there are many, those that were ever the largest."""
    peaks = [max(row[i] for row in shares) for i in range(len(places))]
    drawn = sorted(range(len(places)), key=lambda i: -peaks[i])[:MOST_LINES]
    for number, i in enumerate(sorted(drawn, key=lambda i: -shares[-1][i])):
        dash = _DASHES[number % len(_DASHES)]
        name = document["entrants"][places[i]]
        axes.plot(generations, [row[i] for row in shares], linestyle=dash, label=name)
    axes.set_ylabel("share of the population")
    axes.set_ylim(bottom=0)
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))


_DRAWINGS: Mapping[str, Callable[..., None]] = {
    "payoffs": _heat_map("payoff_matrix", "points a turn", "viridis"),
    "cooperation": _heat_map("cooperation_matrix", "share of C", "cividis"),
    "box": _boxes,
    "evolution": _evolution,
}
