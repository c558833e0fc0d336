"""`detente rehearse`: a dress rehearsal of a class with bots."""

import contextlib
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

import click

from server.cli.shared.errors import CHECK_FAILED
from server.cli.shared.values import Seed, WholeNumber, print_json

if TYPE_CHECKING:
    from client.rehearsal.tally import Report

MOST_BOTS, MOST_MATCHES, LONGEST_MINUTES = 200, 50, 240
MOST_THINKING_MS = 60_000


@click.command("rehearse")
@click.argument("link")
@click.option(
    "--bots", type=WholeNumber(1, MOST_BOTS), default=24, help="Number of bots.  [default: 24]"
)
@click.option("--scenario", metavar="NAME", help="Scenario.  [default: south_china_sea]")
@click.option(
    "--like", metavar="CODE", help="Use the scenario and settings of the seminar with this code."
)
@click.option(
    "--matches",
    type=WholeNumber(1, MOST_MATCHES),
    help="Number of matches.  [default: enough for one seat per bot]",
)
@click.option(
    "--think",
    "think_ms",
    type=WholeNumber(0, MOST_THINKING_MS),
    default=1000,
    help="Longest random delay of a bot, in ms; 0 is the hardest test.  [default: 1000]",
)
@click.option("--seed", type=Seed(), help="Random seed of the bots.")
@click.option(
    "--minutes",
    type=WholeNumber(1, LONGEST_MINUTES),
    default=30,
    help="Give up after this many minutes.  [default: 30]",
)
@click.option("--json", "is_json", is_flag=True, help="Print one JSON document only.")
def command(
    link: str,
    bots: int,
    scenario: str | None,
    like: str | None,
    matches: int | None,
    think_ms: int,
    seed: str | None,
    minutes: int,
    is_json: bool,
) -> int:
    """Run a dress rehearsal with bots on the server at LINK.

    The bots connect as phones do and play to the end. With the facilitator's link that
    `detente serve` prints, they play their own seminar, which is archived afterwards. With a join
    link, they join that seminar or match: its facilitator makes and starts the matches. The report
    says how long choices took and what failed. Exits 0 if the server is ready for a class, else 1.

    \b
    Examples:
      detente rehearse http://192.168.0.7:8000/#/host/SECRET --bots 100
      detente rehearse http://192.168.0.7:8000/#/host/SECRET --bots 30 --like ABCD-EFGH
      detente rehearse http://192.168.0.7:8000/#/join/ABCD-EFGH --bots 6
    """
    import asyncio

    from client.rehearsal.rehearsal import Script, rehearse
    from server.cli.match.play import draw_seed

    script = Script(
        bots=bots,
        seed=seed or draw_seed(),
        think_s=think_ms / 1000,
        scenario=scenario or "south_china_sea",
        like=like,
        matches=matches,
        longest_s=minutes * 60,
    )
    with _progress() as tell:
        report = asyncio.run(rehearse(link, script, tell))
    if is_json:
        print_json({**report.to_json(), "seed": script.seed})
    else:
        _show(report)
    return 0 if report.is_good else CHECK_FAILED


def _show(report: "Report") -> None:
    from client.rehearsal.tally import MOST_PROBLEMS, spread
    from server.cli.shared.screen import open_screen
    from server.cli.shared.words import count

    screen, tally = open_screen(), report.tally
    bots, matches = count(report.bots, "bot"), count(len(tally.matches), "match", "matches")
    title = f"{bots}, {matches}, {count(len(tally.rounds), 'round')}"
    table = screen.table(title, ("Milliseconds from a choice to", "p50", "p95", "p99", "most"))
    for what, values in (("its answer", tally.answers_ms), ("its reveal", tally.reveals_ms)):
        figures = spread(values)
        shown = (figures.p50, figures.p95, figures.p99, figures.most)
        table.add_row(what, *("" if x is None else f"{x:.1f}" for x in shown))
    screen.print(table)
    for problem in tally.problems[:MOST_PROBLEMS]:
        click.echo(problem)
    refused = ", ".join(f"{code} {count}" for code, count in sorted(tally.refusals.items()))
    click.echo(f"Refused: {refused or 'nothing'}. Lines lost: {tally.lost_lines}.")
    click.echo(f"{report.verdict}.")


@contextlib.contextmanager
def _progress() -> Generator[Callable[[str], None]]:
    """Show progress on the error stream if it is a terminal."""
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield status.update
