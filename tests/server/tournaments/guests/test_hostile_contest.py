"""A contest that strangers try to break ends with the honest ones in their right order, and names
whoever tried. `test_cluster.py` does the same on Dask.

With forty bots, ten of them hostile, on both engines (three minutes):
`DETENTE_LONG_CONTEST=1 uv run pytest -n 0 -k hostile tests/server/tournaments`
"""

from pathlib import Path

import pytest

from server.engines import processes
from server.tournaments.run import Run
from tests.server.tournaments.guests.contest import a_contest, judge


@pytest.mark.slow
def test_a_contest_with_hostile_bots_ends_in_its_right_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = a_contest(tmp_path)
    run = Run(spec)
    run.play(processes(2), lambda piece, packed: None)
    judge(monkeypatch, spec, run)
