"""The `detente` command: one file a command, and one line for every error.

Nothing heavy is imported before a command needs it: `detente` starts in under 0.3 s.
"""

import io
import sys
from collections.abc import Sequence

import click

from game_rules.errors import RulesError
from server.cli.commands import detente
from server.cli.errors import WRONG_INPUT, one_line

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `detente` and return its exit code.

    arguments: what follows the program's name; None takes them from the command line.
    Returns 0, 1 for a check that failed, 2 for wrong input, 130 after Ctrl-C.
    """
    _never_stumble_over_letters()
    try:
        return detente.main(arguments, "detente", standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message())
        return 0
    except click.Abort:
        return INTERRUPTED
    except (click.ClickException, RulesError) as error:
        click.echo(one_line(error), err=True)
        return WRONG_INPUT


def _never_stumble_over_letters() -> None:
    """A terminal that cannot write a name's letters shows ? in their place."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
