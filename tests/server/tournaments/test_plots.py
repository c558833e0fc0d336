"""Pictures of results."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from game_rules.errors import InvalidInput
from server.tournaments.plots import CHARTS, require_plots, write_plot
from server.tournaments.specs.reading import read_spec
from tests.server.tournament_scenes import a_spec, played

SEARCH = {"entrants": ["tit_for_tat"], "kind": "evolve", "generations": 2, "population": 5}


def words(path: Path) -> str:
    """Read the words of an SVG."""
    root = ElementTree.parse(path).getroot()  # noqa: S314 (written here)
    return " ".join(
        "".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")
    )


@pytest.mark.slow
@pytest.mark.parametrize("chart", CHARTS)
def test_a_round_robin_has_every_chart(tmp_path: Path, chart: str) -> None:
    document = played(a_spec(turns=20, noise=0.1, repetitions=4))
    path = tmp_path / f"{chart}.svg"
    write_plot(str(path), document, chart)
    shown = words(path)
    for name in document["entrants"]:
        assert name in shown
    again = tmp_path / "again.svg"
    write_plot(str(again), document, chart)
    assert again.read_bytes() == path.read_bytes(), "the same result, the same picture"


@pytest.mark.slow
def test_a_png_is_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "heat.png"
    write_plot(str(path), played(a_spec(turns=4)))
    with Image.open(path) as picture:
        assert picture.size[0] > 500
        assert len({*picture.convert("RGB").resize((60, 60)).get_flattened_data()}) > 5
    with pytest.raises(InvalidInput, match="cannot be written"):
        write_plot(str(tmp_path / "no" / "x.png"), played(a_spec(turns=4)))


@pytest.mark.slow
def test_each_kind_has_its_usual_chart(tmp_path: Path) -> None:
    path = tmp_path / "usual.svg"
    write_plot(str(path), played(read_spec({**SEARCH, "survivors": 2})))
    assert "points a turn" in words(path)
    write_plot(str(path), played(a_spec(kind="ecological", generations=5, turns=5)))
    assert "share of the population" in words(path)
    many = read_spec({"entrants": ["tit_for_tat", "random"] * 40, "turns": 1, "repetitions": 1})
    write_plot(str(path), played(many))
    assert "80 strategies" in words(path)


def test_a_chart_that_a_kind_does_not_have_is_refused(tmp_path: Path) -> None:
    document = played(a_spec(kind="knockout"))
    with pytest.raises(InvalidInput, match="kind knockout has no chart 'box'; it has: none"):
        write_plot(str(tmp_path / "x.png"), document)
    exact = played(read_spec({"entrants": ["tit_for_tat", "defector"], "exact": True}))
    with pytest.raises(InvalidInput, match="it has: payoffs, cooperation, evolution"):
        write_plot(str(tmp_path / "x.png"), exact, "box")


def test_a_picture_that_cannot_be_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInput, match=r"end the name in .png or .svg"):
        require_plots("x.pdf", None)
    with pytest.raises(InvalidInput, match="chart 'pie' is not known; give one of payoffs"):
        require_plots("x.png", "pie")
    monkeypatch.setattr("server.tournaments.plots.find_spec", lambda name: None)
    with pytest.raises(InvalidInput, match=r"--extra plots .*, or pip install 'detente\[plots\]'"):
        require_plots("x.png", None)
