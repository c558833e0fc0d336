"""The `detente` command: one command per file, and one line per error.

Heavy modules are imported only when a command needs them, so `detente` starts in under 0.3 s.
"""

import io
import os
import sys
import threading
import time
from collections.abc import Sequence

import click

from game_rules.errors import RulesError
from server.cli.commands import detente
from server.cli.shared.errors import WRONG_INPUT, WrongInput, one_line

INTERRUPTED = 130
REMEDY_OF_STORE = "see that the file and its folder can be written, or name another: --database URL"
PATIENCE_S = 2.0
"""How long running threads may take to end after Ctrl-C; a bot's code may never return."""


def program() -> None:
    """Run `detente` and end the process with its exit code."""
    code = main()
    exec("")  # noqa: S102 else CPython, interrupted in an exec, as of a dataclass, ends by the signal
    if code == INTERRUPTED and not _join_threads(PATIENCE_S):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `detente` and return its exit code.

    arguments: what follows the program's name; None takes them from the command line.
    Returns 0, 1 for a check that failed, 2 for wrong input, 130 after Ctrl-C.
    """
    _replace_unencodable_output()
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
    except Exception as error:
        if _is_interrupted(error):
            return INTERRUPTED
        from server.store.event_store import StoreDamaged, StoreError

        if not isinstance(error, StoreError):
            raise
        told = str(error) if isinstance(error, StoreDamaged) else f"{error}; {REMEDY_OF_STORE}"
        click.echo(one_line(WrongInput(told)), err=True)
        return WRONG_INPUT


def _is_interrupted(error: BaseException | None) -> bool:
    """Tell whether an error comes of Ctrl-C: while a class is made, Python 3.11 wraps it."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _join_threads(within_s: float) -> bool:
    """Wait for threads that would delay the end; tell whether all have ended."""
    until = time.monotonic() + within_s
    mine = threading.current_thread()
    others = [t for t in threading.enumerate() if t is not mine and not t.daemon]
    for thread in others:
        thread.join(max(0.0, until - time.monotonic()))
    return not any(thread.is_alive() for thread in others)


def _replace_unencodable_output() -> None:
    """Make a terminal show ? for letters that it cannot write."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
