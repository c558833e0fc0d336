"""`detente debrief`: the debrief of a finished match as one HTML file."""

import click

from server.cli.shared.errors import WrongInput
from server.cli.shared.log_source import Logged, read_log
from server.cli.shared.output_file import OVERWRITE, output_file
from server.cli.shared.values import write_text

LANGUAGES = ("en", "ur")
"""As server.debrief has them, which costs too much to import for a page of help."""


@click.command("debrief")
@click.argument("match", metavar="[RECORD|MATCH_ID]", required=False)
@click.option("--seminar", metavar="ID|CODE", help="Class to debrief, all its tables together.")
@output_file("--output", about="HTML file to write.  [default: the screen]")
@OVERWRITE
@click.option(
    "--language",
    metavar="|".join(LANGUAGES),
    default=LANGUAGES[0],
    help="Language of the page.  [default: en]",
)
@click.option("--without-names", is_flag=True, help="Leave out the names of people and bots.")
@click.option("--database", metavar="URL", help="Database of the match, if it is not a file.")
def command(
    match: str | None,
    seminar: str | None,
    output: str | None,
    language: str,
    without_names: bool,
    database: str | None,
) -> None:
    """Write the debrief of a match or a class as one HTML file.

    The page has the verdict, the moments, three readings, comparisons, questions, plans for a
    class, charts and the pledge audit. Each sentence links to its evidence on the page. It needs
    no network, and prints on A4. Only matches of the current rules have one.

    With --seminar: the tables of a class that have ended, beside each other: how they ended, the
    same seat at different tables, breaches, conditions and three questions.

    \b
    Examples:
      detente debrief match.jsonl --output debrief.html
      detente debrief u3Jx0kQfZ1aB9c2d --language ur --without-names --output wall.html
      detente debrief --seminar ABCD-EF12 --output class.html
    """
    _require_language(language)
    if (match is None) is (seminar is None):
        raise WrongInput("nothing to debrief, or two things; give a match, or --seminar")
    if seminar is not None:
        from server.cli.match.class_debrief import class_page

        page = class_page(seminar, database, language, has_names=not without_names)
    else:
        page = _page(read_log(match or "", database), language, has_names=not without_names)
    if output is None:
        click.echo(page.encode(), nl=False)  # the same bytes, whatever the terminal is
    else:
        write_text(output, page)


def _require_language(language: str) -> None:
    from game_rules.nearest import nearest

    if language not in LANGUAGES:
        raise WrongInput(f"--language: {language!r} is unknown; {nearest(language, LANGUAGES)}")


def _page(logged: Logged, language: str, *, has_names: bool) -> str:
    from game_rules.debrief.debrief import debrief_of
    from game_rules.errors import InvalidInput
    from game_rules.log.evolve import fold
    from game_rules.log.people import with_names
    from server.debrief.page import write_page

    try:
        debrief = debrief_of(logged.log)
    except InvalidInput as error:
        raise WrongInput(str(error)) from error
    holders = fold(with_names(logged.log, logged.names)).holders if has_names else {}
    return write_page(debrief, language, logged.software_version, holders)
