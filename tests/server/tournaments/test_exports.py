"""Tables of results for other programs."""

import csv
import sys
from io import StringIO
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from game_rules.contests.loop import replay
from game_rules.errors import InvalidInput
from server.engines import threads
from server.tournaments.exports import (
    matches_table,
    pairs_table,
    standings_table,
    to_csv,
    write_csv,
    write_parquet,
)
from server.tournaments.run import Run
from server.tournaments.specs import round_robin
from server.tournaments.specs.kinds import document_of
from tests.server.tournament_scenes import a_spec, played

SPEC = a_spec(turns=10, noise=0.1, repetitions=3)


@pytest.fixture(scope="module")
def run() -> Run:
    run = Run(SPEC)
    run.play(threads(1), lambda piece, packed: None)
    return run


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def test_standings_have_a_row_an_entrant(run: Run, tmp_path: Path) -> None:
    document = document_of(SPEC, run.results)
    path = tmp_path / "standings.csv"
    write_csv(str(path), standings_table(document))
    listed = rows(path.read_text())
    assert [row["strategy"] for row in listed] == [s["strategy"] for s in document["standings"]]
    first, best = listed[0], document["standings"][0]
    assert float(first["score"]) == best["score"]
    assert [float(first["ci95_low"]), float(first["ci95_high"])] == best["ci95"]
    assert float(first["bradley_terry"]) == document["bradley_terry"][best["place"]]
    assert first["tied_with"].split() == best["tied_with"]


def test_kinds_without_a_figure_leave_it_empty() -> None:
    listed = standings_table(played(a_spec(kind="knockout")))
    assert listed["median"] == [None] * 4
    assert listed["ci95_low"] == [None] * 4


def test_pairs_are_those_that_met() -> None:
    document = played(a_spec(turns=4, self_play=False))
    pairs = pairs_table(document)
    assert len(pairs["a"]) == 12
    assert [p for p in zip(pairs["place_a"], pairs["place_b"], strict=True) if p[0] == p[1]] == []
    with pytest.raises(InvalidInput, match="kind knockout has no such table"):
        pairs_table(played(a_spec(kind="knockout")))


def test_matches_add_up_to_the_result(run: Run) -> None:
    results = round_robin.results_of(SPEC, run.results)
    page = StringIO()
    to_csv(page, matches_table(results))
    listed = rows(page.getvalue())
    assert len(listed) == SPEC.contest.match_count == 30
    for row in listed:
        counts = [int(row[outcome]) for outcome in ("cc", "cd", "dc", "dd")]
        assert sum(counts) == int(row["turns"]) == 10
        cc, cd, dc, dd = counts
        assert float(row["score_a"]) == 3 * cc + 5 * dc + dd
        assert float(row["score_b"]) == 3 * cc + 5 * cd + dd
    met = [row for row in listed if (row["a"], row["b"]) == ("tit_for_tat", "random")]
    assert [row["repetition"] for row in met] == ["0", "1", "2"]
    mean = sum(float(row["score_a"]) for row in met) / 30
    assert mean == pytest.approx(results.payoff_matrix[0, 2])


def test_each_side_is_paid_by_its_own_corners() -> None:
    spec = a_spec(turns=10, noise=0.3, repetitions=2, payoffs="3,4 0.5,5; 6,0.25 1,2")
    run = Run(spec)
    run.play(threads(1), lambda piece, packed: None)
    columns = matches_table(round_robin.results_of(spec, run.results))
    for match, (a, b) in enumerate(zip(columns["score_a"], columns["score_b"], strict=True)):
        assert (a, b) == replay(spec.contest, match).scores(spec.contest)


def test_parquet_says_the_same(run: Run, tmp_path: Path) -> None:
    columns = matches_table(round_robin.results_of(SPEC, run.results))
    path = tmp_path / "matches.parquet"
    write_parquet(str(path), columns)
    table = pq.read_table(path)
    assert table.column_names == list(columns)
    assert table["score_a"].to_pylist() == columns["score_a"].tolist()
    assert table["a"].to_pylist() == columns["a"].tolist()


def test_parquet_without_its_extra_names_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(
        InvalidInput, match=r"--extra parquet .*, or pip install 'detente\[parquet\]'"
    ):
        write_parquet(str(tmp_path / "x.parquet"), {})


@pytest.mark.parametrize("write", [write_csv, write_parquet])
def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path, write: object) -> None:
    assert callable(write)
    with pytest.raises(InvalidInput, match="cannot be written") as refused:
        write(str(tmp_path / "no" / "folder"), {"a": [1]})
    assert "\n" not in str(refused.value)


def test_a_table_for_a_spreadsheet_is_marked_and_the_plain_one_is_not(tmp_path: Path):
    columns = {"strategy": ["=tit", "all_d"], "score": [-1.5, 3]}
    plain, spread = tmp_path / "plain.csv", tmp_path / "spread.csv"
    write_csv(str(plain), columns)
    write_csv(str(spread), columns, is_for_spreadsheet=True)
    assert plain.read_bytes() == b"strategy,score\n=tit,-1.5\nall_d,3\n"
    assert spread.read_text(encoding="utf-8") == "\ufeffstrategy,score\n'=tit,-1.5\nall_d,3\n"
