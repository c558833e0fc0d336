"""Files that a command writes where the user says: never over one that is there, unless asked."""

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

_IS_TO_OVERWRITE = "server.cli.is_to_overwrite"


class OutputFile(click.ParamType):
    """A path to write to. One with a file is refused, before anything is done for it."""

    name = "file"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the path, which stays as it is; a folder or a device is for the writer to judge."""
        if os.path.isfile(value) and not may_overwrite(ctx):  # noqa: PTH113 (starts faster)
            self.fail(f"{value} exists already; name another file, or add --overwrite", param, ctx)
        return value


def may_overwrite(context: click.Context | None) -> bool:
    """Tell whether the user asked to replace files."""
    return context is not None and context.meta.get(_IS_TO_OVERWRITE, False)


def _note(context: click.Context, parameter: click.Parameter, is_asked: bool) -> None:
    context.meta[_IS_TO_OVERWRITE] = is_asked


OVERWRITE = click.option(
    "--overwrite",
    is_flag=True,
    is_eager=True,  # read before the paths, wherever it stands
    expose_value=False,
    callback=_note,
    help="Replace existing files.",
)


def output_file(*names: str, metavar: str = "FILE", about: str) -> Callable[[Command], Command]:
    """Give a command an option for a file to write; it needs OVERWRITE, once, too."""
    return click.option(*names, type=OutputFile(), metavar=metavar, help=about)
