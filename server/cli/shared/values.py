"""Values that options take, files that they name, and JSON; what is wrong is one sentence."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from server.cli.shared.errors import WrongInput

if TYPE_CHECKING:
    from game_rules.scenario.scenario import PowerMeasure


class WholeNumber(click.ParamType):
    """A whole number in a range, both ends included."""

    name = "number"

    def __init__(self, lowest: int, highest: int) -> None:
        self._lowest, self._highest = lowest, highest

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Read the number."""
        wanted = f"a whole number from {self._lowest} to {self._highest}"
        from game_rules.texts import read_number

        try:
            number = int(read_number(str(value)))
        except ValueError:
            self.fail(f"{value!r} is no number; give {wanted}", param, ctx)
        if not self._lowest <= number <= self._highest:
            self.fail(f"{number} does not fit; give {wanted}", param, ctx)
        return number


class Chance(click.ParamType):
    """A chance from 0 to a highest one, both included."""

    name = "chance"

    def __init__(self, highest: float) -> None:
        self._highest = highest

    def convert(
        self, value: str | float, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read the chance."""
        wanted = f"a chance from 0 to {self._highest:g}"
        from game_rules.texts import read_number

        try:
            chance = float(read_number(str(value)))
        except ValueError:
            self.fail(f"{str(value)[:40]!r} is no number; give {wanted}", param, ctx)
        if not 0 <= chance <= self._highest:
            self.fail(f"{chance:g} does not fit; give {wanted}", param, ctx)
        return chance


class Seed(click.ParamType):
    """What chance is drawn from: any short text."""

    name = "seed"
    longest = 64

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the seed."""
        if not 1 <= len(value) <= self.longest or not value.isprintable():
            problem = f"{value[:80]!r} does not fit; give 1 to {self.longest} printable letters"
            self.fail(problem, param, ctx)
        return value


class Lineup(click.ParamType):
    """Which bot sits where: SEAT=STRATEGY, with commas between."""

    name = "seat=strategy,..."

    def convert(
        self,
        value: str | Mapping[str, str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Mapping[str, str]:
        """Read the pairs; whether seats and strategies exist is known only with a scenario."""
        if not isinstance(value, str):
            return value
        lineup: dict[str, str] = {}
        for entry in filter(None, (part.strip() for part in value.split(","))):
            seat, equals, strategy = (part.strip() for part in entry.partition("="))
            if not (seat and equals and strategy):
                self.fail(
                    f"{entry!r} is no pair; write SEAT=STRATEGY, e.g. JPN=grudger", param, ctx
                )
            if seat in lineup:
                self.fail(f"{seat} is there twice; give each seat one strategy", param, ctx)
            lineup[seat] = strategy
        return lineup


def measure_named(name: str) -> "PowerMeasure":
    """Find a power measure. Raises WrongInput."""
    from game_rules.nearest import nearest
    from game_rules.scenario.scenario import PowerMeasure

    try:
        return PowerMeasure(name)
    except ValueError as error:
        hint = nearest(name, PowerMeasure)
        raise WrongInput(f"--power: {name[:40]!r} is no measure; {hint}") from error


def read_bytes(path: str, most: int = -1) -> bytes:
    """Read a file that the user named, at most so many bytes of it. Raises WrongInput."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 (pathlib is not needed to start)
            return file.read(most)
    except OSError as error:
        raise WrongInput(f"{path}: cannot be read ({error.strerror}); check the path") from error


def write_text(path: str, text: str) -> None:
    """Write a file that the user named, with line breaks as they are. Raises WrongInput."""
    try:
        with open(path, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
            file.write(text)
    except OSError as error:
        problem = f"{path}: cannot be written ({error.strerror}); name a file in a folder of yours"
        raise WrongInput(problem) from error


def print_json(document: Any) -> None:
    """Print a document as one line, for programs."""
    click.echo(write_json(document))


def write_json(document: Any) -> str:
    """Write a document as one ASCII line, which no terminal's encoding can spoil.

    >>> write_json({"name": "Détente", "points": 0.1})
    '{"name":"D\\\\u00e9tente","points":0.1}'
    """
    import json

    return json.dumps(document, separators=(",", ":"), allow_nan=False)
