"""`detente export`: a stored match as a record, a table or a text."""

import click

from server.cli.shared.errors import WrongInput
from server.cli.shared.log_source import Logged, read_log
from server.cli.shared.output_file import OVERWRITE, output_file
from server.cli.shared.values import write_text

FORMATS = ("jsonl", "csv", "text")
TABLES = ("decisions", "talk", "pledges", "moves", "forecasts")
"""As server.exports has them, which costs too much to import for a page of help."""


@click.command("export")
@click.argument("match", metavar="MATCH_ID|RECORD")
@click.option("--format", "kind", metavar="|".join(FORMATS), required=True, help="What to write.")
@click.option(
    "--what",
    metavar="|".join(TABLES),
    default=TABLES[0],
    help="Which table the csv holds.",
)
@click.option("--spreadsheet", is_flag=True, help="Write the csv as spreadsheet programs open it.")
@output_file("--output", about="Write here, not on the screen.")
@OVERWRITE
@click.option("--database", metavar="URL", help="Where the match is kept, if it is no file.")
def command(
    match: str, kind: str, what: str, spreadsheet: bool, output: str | None, database: str | None
) -> None:
    """Write a finished match as a file.

    jsonl is a record, for `detente verify` and anyone's archive; csv has one row a decision, a
    message, a pledge, a move or a forecast, for statistics; text is what `detente replay` shows.
    docs/exports.md says what each column means. With --spreadsheet the csv begins with a mark of
    UTF-8, and cells that would be formulas with an apostrophe.

    \b
    Examples:
      detente export u3Jx0kQfZ1aB9c2d --format jsonl --output match.jsonl
      detente export match.jsonl --format csv
      detente export match.jsonl --format csv --what talk
    """
    _require(kind, "--format", FORMATS)
    _require(what, "--what", TABLES)
    if spreadsheet and kind != "csv":
        raise WrongInput(f"--spreadsheet: {kind} is no table; write --format csv, or leave it out")
    logged = read_log(match, database)
    text = _write(logged, kind, what)
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


def _write(logged: Logged, kind: str, what: str) -> str:
    if kind == "jsonl":
        from game_rules.records.record import write_record

        return write_record(logged.log, logged.software_version, logged.names)
    if kind == "csv":
        from server.exports.decisions import write_table

        return write_table(logged.log, what)
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
