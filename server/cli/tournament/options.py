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
    _text("--game", "NAME", "What is played: a game or scenario by name, or a .toml file."),
    _text("--payoffs", "MATRIX", 'A game of two of your own, as "3,3 0,5; 5,0 1,1".'),
    _text("--entrants", "A,B,...", "Strategies, FILE.py:Class, cmd:PROGRAM, family:NAME, or all."),
    _figure("--turns", "N", "How many turns a match has; 200 if not given."),
    _figure("--continue", "D", "Instead: the chance that another turn follows.", "continuation"),
    _figure("--noise", "P", "The chance that an action comes out as the other one."),
    _figure("--repetitions", "K", "How often each pair meets; 10 where chance plays, else 1."),
    _text("--seed", "S", "What all chance is drawn from."),
)
ROUND_ROBIN = (
    click.option(
        "--exact/--sampled",
        default=None,
        help="Expected points of table bots, with no sampling at all.",
    ),
    click.option(
        "--self-play/--no-self-play", default=None, help="Whether everybody also meets itself."
    ),
)
GUESTS = (
    _figure("--move-time", "S", "Seconds that a bot of your own may take for a turn; 5."),
    _figure("--time-bank", "S", "Seconds in all, for each such bot and the contest; 60."),
    click.option(
        "--network/--no-network",
        default=None,
        help="Whether a sandbox lets bots of your own use the network.",
    ),
)
POPULATIONS = (
    _figure("--generations", "N", "How long a population lives, or a search goes on."),
    _text("--graph", "KIND", "Who lives beside whom: complete, ring, lattice, lattice_8, star."),
    _text("--size", "N|NxM", "How many live there."),
    _figure("--mutation", "P", "The chance that a newborn (or its action or move) is another."),
    _figure("--selection", "W", "How much success counts for a Moran process, from 0 to 1."),
    _text("--update", "KIND", "Of a Moran process: birth_death or death_birth."),
    _figure("--runs", "N", "Of a Moran process: so many more, to see who takes over."),
    _text("--imitate", "KIND", "In space: the best neighbour, or one by chance."),
    _figure("--caution", "K", "In space, by chance: how little a difference counts."),
    _figure("--states", "N", "Of a search: states of a machine."),
    _figure("--population", "N", "Of a search: machines in a generation."),
    _figure("--survivors", "N", "Of a search: how many live on."),
    click.option(
        "--meets-own/--meets-entrants",
        default=None,
        help="Of a search: whether machines also meet their own generation.",
    ),
)
WORKERS = (
    click.option(
        "--engine",
        default="local",
        metavar="local|processes|dask://HOST:PORT",
        help="Who plays: threads here, processes here, or a Dask cluster.",
    ),
    _figure("--workers", "N", "How many of them; one a core if not given."),
)
FILES = (
    output_file("--csv", about="Write a table as CSV."),
    click.option("--spreadsheet", is_flag=True, help="Write the CSV as spreadsheets open it."),
    output_file("--parquet", about="Write a table as Parquet."),
    _text("--table", "standings|pairs|matches", "Which table; standings if not given."),
    output_file("--plot", metavar="FILE.png|svg", about="Draw a picture."),
    _text("--chart", "payoffs|cooperation|box|evolution", "Which picture, if not the usual."),
    OVERWRITE,
)
DATABASE = (_text("--database", "URL", "Where tournaments are kept: sqlite:///FILE."),)
KEPT = (
    click.option("--store/--no-store", "is_kept", default=True, help="Whether the result is kept."),
)
JSON = (
    click.option("--json", "is_json", is_flag=True, help="Print one JSON document, nothing else."),
)


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
    return FileTables(prepare_database(url))


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
