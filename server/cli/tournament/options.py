"""Options of the tournament commands: a spec, output files, a database."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from server.cli.shared.errors import WrongInput
from server.cli.shared.output_file import OVERWRITE, output_file
from server.cli.shared.server_settings import prepare_database, settings_of
from server.cli.shared.values import read_bytes

if TYPE_CHECKING:
    from server.tournaments.exports import Columns
    from server.tournaments.run import Run
    from server.tournaments.specs.spec import TournamentSpec
    from server.tournaments.store import FileTables, TournamentCard

Command = TypeVar("Command", bound=Callable[..., Any])

NAMES: Mapping[str, str] = {"continuation": "--continue"}
"""Options that are not named after their key."""


class NumberText(click.ParamType):
    """A number as it is written; whether it fits is for the spec to say."""

    name = "number"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | float | str:
        """Read a whole number, else a number, else leave the text as it is."""
        from game_rules.texts import read_number

        for kind in (int, float):
            try:
                return kind(read_number(str(value)))
            except ValueError:
                continue
        return value


def option_name(key: str) -> str:
    """Name the option of a key.

    >>> option_name("self_play"), option_name("continuation")
    ('--self-play', '--continue')
    """
    return NAMES.get(key, f"--{key.replace('_', '-')}")


def _figure(flag: str, metavar: str, about: str, key: str | None = None) -> Any:
    names = (flag, key) if key else (flag,)
    return click.option(*names, type=NumberText(), metavar=metavar, help=about)


def _text(flag: str, metavar: str, about: str) -> Any:
    return click.option(flag, metavar=metavar, help=about)


PLAYED = (
    _text("--game", "NAME", "Game: a name of a game or scenario, or a .toml file."),
    _text("--payoffs", "MATRIX", 'Payoffs of a 2x2 game, as "3,3 0,5; 5,0 1,1".'),
    _text("--entrants", "A,B,...", "Strategies, FILE.py:Class, cmd:PROGRAM, family:NAME, or all."),
    _figure("--turns", "N", "Turns per match.  [default: 200]"),
    _figure(
        "--continue",
        "D",
        "Probability of another turn after each turn (replaces --turns).",
        "continuation",
    ),
    _figure("--noise", "P", "Probability that an action is replaced by the other."),
    _figure("--repetitions", "K", "Matches per pair.  [default: 10 if anything is random, else 1]"),
    _text("--seed", "S", "Random seed."),
)
ROUND_ROBIN = (
    click.option(
        "--exact/--sampled",
        default=None,
        help="Calculate expected points exactly, or simulate matches.",
    ),
    click.option(
        "--self-play/--no-self-play", default=None, help="Each strategy also plays itself."
    ),
)
GUESTS = (
    _figure("--move-time", "S", "Your own bots: seconds per turn.  [default: 5]"),
    _figure(
        "--time-bank", "S", "Your own bots: extra seconds for the whole tournament.  [default: 60]"
    ),
    click.option(
        "--network/--no-network",
        default=None,
        help="Your own bots: allow the network in the sandbox.",
    ),
)
POPULATIONS = (
    _figure("--generations", "N", "Number of generations."),
    _text("--graph", "KIND", "Neighbours: complete, ring, lattice, lattice_8 or star."),
    _text("--size", "N|NxM", "Size of the population."),
    _figure("--mutation", "P", "Probability of a mutation per birth."),
    _figure("--selection", "W", "Moran only: strength of selection, from 0 to 1."),
    _text("--update", "KIND", "Moran only: birth_death or death_birth."),
    _figure("--runs", "N", "Moran only: extra runs to estimate fixation probabilities."),
    _text("--imitate", "KIND", "Spatial only: imitate the best neighbour, or one by chance."),
    _figure(
        "--caution", "K", "Spatial, --imitate chance: Fermi noise K; higher is weaker selection."
    ),
    _figure("--states", "N", "Search only: states per machine."),
    _figure("--population", "N", "Search only: machines per generation."),
    _figure("--survivors", "N", "Search only: machines that survive a generation."),
    click.option(
        "--meets-own/--meets-entrants",
        default=None,
        help="Search only: machines also play their own generation.",
    ),
)
WORKERS = (
    click.option(
        "--engine",
        default="local",
        metavar="local|processes|dask://HOST:PORT",
        help="Engine: threads or processes here, or a Dask cluster.",
    ),
    _figure("--workers", "N", "Number of workers.  [default: one per core]"),
)
FILES = (
    output_file("--csv", about="Write a table as CSV."),
    click.option("--spreadsheet", is_flag=True, help="Write a CSV file for spreadsheet programs."),
    output_file("--parquet", about="Write a table as Parquet."),
    _text("--table", "standings|pairs|matches", "Table to write.  [default: standings]"),
    output_file("--plot", metavar="FILE.png|svg", about="Draw a chart."),
    _text(
        "--chart",
        "payoffs|cooperation|box|evolution",
        "Type of chart.  [default: by the kind of tournament]",
    ),
    OVERWRITE,
)
DATABASE = (
    _text(
        "--database",
        "URL",
        "Database for tournaments: sqlite:///FILE or postgresql://USER@HOST/NAME.",
    ),
)
KEPT = (
    click.option(
        "--store/--no-store", "is_kept", default=True, help="Store the result.  [default: --store]"
    ),
)
JSON = (click.option("--json", "is_json", is_flag=True, help="Print one JSON document only."),)


def with_options(*groups: tuple[Any, ...]) -> Callable[[Command], Command]:
    """Give a command groups of options, in this order."""

    def decorate(command: Command) -> Command:
        for option in reversed([option for group in groups for option in group]):
            command = option(command)
        return command

    return decorate


def spec_from(file: str | None, given: Mapping[str, Any]) -> "TournamentSpec":
    """Make a spec from a TOML file and options, which win over the file.

    given: options by key; None is not given. Raises WrongInput or InvalidInput naming the place.
    """
    from server.cli.match.play import draw_seed
    from server.tournaments.specs.reading import read_spec

    options = {key: value for key, value in given.items() if value is not None}
    written = {} if file is None else _read(file)
    written = {key: value for key, value in written.items() if key not in _replaced(options)}

    def where(key: str) -> str:
        return f"{file}: {key}" if key in written else option_name(key)

    return read_spec({**written, **options}, where, usual_seed=draw_seed(), takes_files=True)


def _replaced(options: Mapping[str, Any]) -> set[str]:
    """Keys of the file that an option stands in for: its own, and its opposite."""
    pairs = (("turns", "continuation"), ("game", "payoffs"))
    opposites = {b for a, b in (*pairs, *((b, a) for a, b in pairs)) if a in options}
    return {*options, *opposites}


def _read(file: str) -> dict[str, Any]:
    from game_rules.scenario_files.toml_text import LARGEST_FILE, parse_toml

    if not file.endswith(".toml"):
        raise WrongInput(f"{file}: is no tournament file; give a path that ends in .toml")
    content = read_bytes(file)
    if len(content) > LARGEST_FILE:
        raise WrongInput(f"{file}: is larger than {LARGEST_FILE} bytes; shorten it")
    return parse_toml(content, file)


@dataclass(frozen=True, slots=True)
class Files:
    """What to write, and where. table: standings, pairs or matches."""

    csv: str | None
    is_for_spreadsheet: bool
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
            columns = self._columns(document, run)
            exports.write_csv(self.csv, columns, is_for_spreadsheet=self.is_for_spreadsheet)
        if self.parquet is not None:
            exports.write_parquet(self.parquet, self._columns(document, run))
        if self.plot is not None:
            from server.tournaments.plots import write_plot

            write_plot(self.plot, document, self.chart)

    def _columns(self, document: Mapping[str, Any], run: "Run | None") -> "Columns":
        from server.tournaments import exports
        from server.tournaments.specs import round_robin

        if self.table == "standings":
            return exports.standings_table(document)
        if self.table == "pairs":
            return exports.pairs_table(document)
        if run is None or "quartiles" not in document:
            problem = "the table of matches is there only when they have just been played"
            raise WrongInput(f"--table: {problem}; run a sampled round robin with --table matches")
        return exports.matches_table(round_robin.results_of(run.spec, run.results))


def _require_folder(path: str) -> None:
    folder = os.path.dirname(path) or "."  # noqa: PTH120 (pathlib is not needed to start)
    if not os.path.isdir(folder):  # noqa: PTH112
        raise WrongInput(f"{path}: there is no folder {folder}; make it, or name another file")


def files_of(given: Mapping[str, Any]) -> Files:
    """Read the options for files, and see that they can be written."""
    files = Files(
        csv=given["csv"],
        is_for_spreadsheet=given["spreadsheet"],
        parquet=given["parquet"],
        plot=given["plot"],
        table=given["table"] or "standings",
        chart=given["chart"],
    )
    files.check()
    return files


def open_tables(database: str | None) -> "FileTables":
    """Open the database, made or brought up to date where it must be. Raises WrongInput."""
    from server.tournaments.store import FileTables

    url = settings_of(**({} if database is None else {"database": database})).database
    prepare_database(url)
    return FileTables(url)


def tables_to_keep(database: str | None, *, is_kept: bool) -> "FileTables | None":
    """Open the database for a result; where nobody named one, do without rather than fail."""
    if not is_kept:
        return None
    try:
        return open_tables(database)
    except WrongInput as error:
        if database is not None or "DETENTE_DATABASE" in os.environ:
            raise
        click.echo(f"detente: not kept: {error}, or --no-store", err=True)
        return None


def find(tables: "FileTables", prefix: str) -> "TournamentCard":
    """Find a tournament by the beginning of its id. Raises WrongInput unless there is just one."""
    from server.clock import SystemClock
    from server.tournaments import store

    found = tables.view(store.ids_like(prefix)) if len(prefix) >= store.SHORTEST_PREFIX else []
    if len(found) != 1:
        told = f"{len(found)} begin with {prefix!r}" if found else f"none begins with {prefix!r}"
        raise WrongInput(f"tournament: {told}; see: detente tournament list")
    card = tables.view(store.card(found[0], SystemClock().now_ms()))
    assert card is not None, "it was just found"
    return card


def spec_of_card(
    tables: "FileTables", card: "TournamentCard", *, is_to_play: bool = True
) -> "TournamentSpec":
    """Read what a stored tournament plays. is_to_play: whether bots of files must be there."""
    from server.tournaments import store
    from server.tournaments.specs.own_bots import stand_in
    from server.tournaments.specs.spec import spec_of

    described = tables.view(store.description(card.id))
    assert described is not None, "a row has a description"
    return spec_of(described, None if is_to_play else tuple(map(stand_in, described["own"])))
