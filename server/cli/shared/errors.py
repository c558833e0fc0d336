"""Every error as one line that names the value, the limit and the remedy; and what a bot prints."""

import contextlib
import sys
from collections.abc import Generator

import click

from game_rules.errors import InvalidInput, RulesError
from game_rules.nearest import nearest

CHECK_FAILED = 1
WRONG_INPUT = 2

_LONGEST = 600


class WrongInput(InvalidInput):
    """A value on the command line, or a file it names, that cannot be used."""


@contextlib.contextmanager
def prints_as_errors() -> Generator[None]:
    """Send what a bot's code prints meanwhile, on any thread, to the error stream."""
    with contextlib.redirect_stdout(sys.stderr):
        yield


def one_line(error: click.ClickException | RulesError) -> str:
    """Write an error as one printable line."""
    words = " ".join(_message(error).split())
    shown = "".join(letter if letter.isprintable() else "?" for letter in words)
    return f"detente: {shown if len(shown) <= _LONGEST else shown[: _LONGEST - 3] + '...'}"


def _message(error: click.ClickException | RulesError) -> str:
    match error:
        case click.NoSuchOption(option_name=name, ctx=context):
            return f"{name} is no option here; {_nearest_option(name, context)}"
        case click.exceptions.NoSuchCommand(command_name=name, ctx=context):
            return f"{name!r} is no command; {_nearest_command(name, context)}"
        case click.MissingParameter(ctx=context):
            return f"{_parameter(error)} is missing; {_see_help(context)}"
        case click.BadParameter():
            return f"{_parameter(error)}: {error.message}"
        case click.BadOptionUsage(option_name=name):
            return f"{name} needs a value; write it after the option"
        case click.UsageError(ctx=context):
            return f"{error.message.rstrip('.')}; {_see_help(context)}"
        case _:
            return str(error)


def _nearest_option(name: str, context: click.Context | None) -> str:
    parameters = context.command.get_params(context) if context else []
    return nearest(name, [option for known in parameters for option in known.opts if "-" in option])


def _nearest_command(name: str, context: click.Context | None) -> str:
    assert context is not None
    assert isinstance(context.command, click.Group)
    return nearest(name, context.command.list_commands(context))


def _parameter(error: click.BadParameter) -> str:
    if error.param is None:
        return "a value"
    is_option = isinstance(error.param, click.Option)
    return error.param.opts[0] if is_option else error.param.human_readable_name


def _see_help(context: click.Context | None) -> str:
    return f"see {context.command_path if context else 'detente'} --help"
