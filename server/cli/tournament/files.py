"""Files that a tournament's result is written to, checked before anything is played."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from server.cli.shared.errors import WrongInput

if TYPE_CHECKING:
    from server.tournaments.exports import Columns
    from server.tournaments.run import Run


@dataclass(frozen=True, slots=True)
class Files:
    """What to write, and where. table: standings, pairs or matches."""

    csv: str | None
    parquet: str | None
    plot: str | None
    table: str
    chart: str | None

    def check(self) -> None:
        """Refuse what could not be written in the end."""
        from server.tournaments import exports

        if self.table not in exports.TABLES:
            known = ", ".join(exports.TABLES)
            raise WrongInput(f"--table: {self.table!r} is no table; give one of {known}")
        for path in filter(None, (self.csv, self.parquet, self.plot)):
            _require_folder(path)
        if self.parquet is not None:
            exports.require_parquet()
        if self.plot is not None:
            from server.tournaments.plots import require_plots

            require_plots(self.plot, self.chart)

    def write(self, document: Mapping[str, Any], run: "Run | None" = None) -> None:
        """Write them. run: with every piece at hand, for the table of matches."""
        from server.tournaments import exports

        if self.csv is not None:
            exports.write_csv(self.csv, self._columns(document, run))
        if self.parquet is not None:
            exports.write_parquet(self.parquet, self._columns(document, run))
        if self.plot is not None:
            from server.tournaments.plots import write_plot

            write_plot(self.plot, document, self.chart)

    def _columns(self, document: Mapping[str, Any], run: "Run | None") -> "Columns":
        from server.tournaments import exports
        from server.tournaments.plans import round_robin

        if self.table == "standings":
            return exports.standings_table(document)
        if self.table == "pairs":
            return exports.pairs_table(document)
        if run is None or "quartiles" not in document:
            problem = "the table of matches is there only when they have just been played"
            raise WrongInput(f"--table: {problem}; run a sampled round robin with --table matches")
        return exports.matches_table(round_robin.results_of(run.plan, run.results))


def _require_folder(path: str) -> None:
    folder = os.path.dirname(path) or "."  # noqa: PTH120 (pathlib is not needed to start)
    if not os.path.isdir(folder):  # noqa: PTH112
        raise WrongInput(f"{path}: there is no folder {folder}; make it, or name another file")


def files_of(given: Mapping[str, Any]) -> Files:
    """Read the options for files, and see that they can be written."""
    files = Files(
        csv=given["csv"],
        parquet=given["parquet"],
        plot=given["plot"],
        table=given["table"] or "standings",
        chart=given["chart"],
    )
    files.check()
    return files
