"""`detente export`: a stored match as a record, a table or a text."""

from typing import TYPE_CHECKING

import click

from server.cli.shared.errors import WrongInput
from server.cli.shared.log_source import Logged, read_log
from server.cli.shared.output_file import OVERWRITE, output_file
from server.cli.shared.values import write_text

if TYPE_CHECKING:
    from server.cli.match.dataset import Wanted

FORMATS = ("jsonl", "csv", "text", "notation")
SETS = ("csv", "xlsx", "parquet", "jsonl")
TABLES = (
    *("matches", "people", "decisions", "drafts", "ready", "talk", "proposals", "answers"),
    *("pacts", "pledges", "moves", "forecasts", "rounds", "points", "standing", "institutions"),
    *("tensions", "phases", "incidents", "injects", "parameters"),
)
"""As server.exports has them, which costs too much to import for a page of help."""
OF_A_SET = (*TABLES, "wide")
"""The tables of a folder."""


@click.command("export")
@click.argument("match", metavar="[MATCH_ID|RECORD]", required=False)
@click.option(
    "--match",
    "matches",
    metavar="MATCH_ID|RECORD",
    multiple=True,
    help="Match to export; repeat it for more.",
)
@click.option("--seminar", metavar="ID|CODE", help="Class whose matches to export.")
@click.option("--all", "is_all", is_flag=True, help="Export all matches of the database.")
@click.option("--rehearsals", is_flag=True, help="With --all: export matches of rehearsals too.")
@click.option(
    "--format", "kind", metavar="|".join((*SETS, *FORMATS[2:])), required=True, help="File format."
)
@click.option("--what", metavar="TABLE", help="Table in the csv file.  [default: decisions]")
@click.option("--spreadsheet", is_flag=True, help="Write csv files for spreadsheet programs.")
@output_file(
    "--output", metavar="FILE|DIR", about="File or folder to write.  [default: the screen]"
)
@output_file("--key", about="File for the names behind the pseudonyms.")
@OVERWRITE
@click.option("--database", metavar="URL", help="Database of the matches.")
def command(
    match: str | None,
    matches: tuple[str, ...],
    seminar: str | None,
    is_all: bool,
    rehearsals: bool,
    kind: str,
    what: str | None,
    spreadsheet: bool,
    output: str | None,
    key: str | None,
    database: str | None,
) -> None:
    """Write finished matches as files.

    Of one match: jsonl is a record for archives and `detente verify`; csv is one table; text is
    the output of `detente replay`; notation has one line per round, for people to read and edit
    (docs/notation.md).

    With --match, --seminar or --all: all tables of the matches, and a codebook, in the folder
    --output. People have pseudonyms; --key writes their names to a file apart. Matches that are
    still being played are left out; so are, with --all, those of rehearsals, unless --rehearsals is
    given. The table matches marks them: is_rehearsal. docs/exports.md explains the tables: NAMES.

    With --spreadsheet a csv file begins with a UTF-8 mark, and an apostrophe protects cells that
    look like formulas.

    \b
    Examples:
      detente export u3Jx0kQfZ1aB9c2d --format jsonl --output match.jsonl
      detente export match.jsonl --format csv --what talk
      detente export --seminar ABCD-EF12 --format xlsx --output class
      detente export --all --format parquet --output data --key key.csv
    """
    from server.cli.match.dataset import Wanted

    if rehearsals and not is_all:
        raise WrongInput("--rehearsals: it adds to --all; a match or class that is named has them")
    if matches or seminar is not None or is_all:
        if match is not None:
            raise WrongInput(f"{match}: write --match {match} beside --match, --seminar or --all")
        if bool(matches) + (seminar is not None) + is_all > 1:
            raise WrongInput("--match, --seminar and --all are three choices; give one of them")
        wanted = Wanted(matches, seminar, kind, spreadsheet, database, rehearsals)
        _export_set(wanted, what, output, key)
    elif match is None:
        raise WrongInput("nothing to export; give a match, or --match, --seminar or --all")
    elif key is not None:
        raise WrongInput("--key: one table has no key; write --match for all tables")
    else:
        _export_one(match, kind, what or "decisions", spreadsheet, output, database)


command.help = f"{command.help}".replace("NAMES", " and ".join((", ".join(TABLES), OF_A_SET[-1])))


def _export_set(wanted: "Wanted", what: str | None, output: str | None, key: str | None) -> None:
    from server.cli.match.dataset import export_to

    kind, matches = wanted.form, wanted.matches
    if kind in FORMATS and kind not in SETS:
        told = "write `detente export MATCH`, without --match, --seminar or --all"
        raise WrongInput(f"--format: {kind} is of one match; {told}")
    _require(kind, "--format", SETS)
    if what is not None:
        raise WrongInput("--what: a folder has all tables; leave it out")
    if wanted.is_for_spreadsheet and kind != "csv":
        raise WrongInput(
            f"--spreadsheet: {kind} needs no mark; write --format csv, or leave it out"
        )
    if output is None:
        raise WrongInput("--output is missing; name the folder for the tables")
    for match in set(matches):
        if matches.count(match) > 1:
            raise WrongInput(f"--match: {match} is given twice; leave one out")
    export_to(wanted, output, key)


def _export_one(
    match: str, kind: str, what: str, spreadsheet: bool, output: str | None, database: str | None
) -> None:
    if kind in SETS and kind not in FORMATS:
        told = f"write --match {match} and --output FOLDER"
        raise WrongInput(f"--format: {kind} is a folder of all tables; {told}")
    _require(kind, "--format", FORMATS)
    _require(what, "--what", TABLES)
    if spreadsheet and kind != "csv":
        raise WrongInput(f"--spreadsheet: {kind} is no table; write --format csv, or leave it out")
    logged = read_log(match, database)
    text = _write(logged, kind, what, match, database)
    if spreadsheet:
        from server.exports.spreadsheet import for_spreadsheet

        text = for_spreadsheet(text)
    if output is None:
        click.echo(text.encode(), nl=False)  # the same bytes, whatever the terminal is
    else:
        write_text(output, text)


def _require(chosen: str, option: str, choices: tuple[str, ...]) -> None:
    from game_rules.nearest import nearest

    if chosen not in choices:
        noun = "format" if option == "--format" else "table"
        raise WrongInput(f"{option}: {chosen!r} is no {noun}; {nearest(chosen, choices)}")


def _write(logged: Logged, kind: str, what: str, match: str, database: str | None) -> str:
    if kind == "jsonl":
        from game_rules.records.record import write_record

        return write_record(logged.log, logged.software_version, logged.names)
    if kind == "notation":
        from game_rules.notation.notation import write_notation

        return write_notation(logged.log)
    if kind == "csv":
        from server.cli.match.dataset import about_of
        from server.exports.catalogue import write_table

        return write_table(logged.log, what, about_of(match, database))
    return _text(logged)


def _text(logged: Logged) -> str:
    from io import StringIO

    from rich.console import Console

    from game_rules.log.people import with_names
    from server.cli.shared.match_screen import show_match, show_talk
    from server.cli.shared.screen import open_screen

    page = StringIO()
    screen = open_screen(Console(file=page, width=80, color_system=None, highlight=False))
    show_talk(screen, show_match(screen, with_names(logged.log, logged.names)))
    return "".join(f"{line.rstrip()}\n" for line in page.getvalue().splitlines())
