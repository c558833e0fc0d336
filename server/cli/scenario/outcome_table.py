"""The table of scenarios: played on all cores, shown as a table, a page or a JSON document."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from game_rules import RULES_VERSION
from game_rules.bots.outcomes import (
    SEATINGS,
    Outcome,
    Seating,
    Summary,
    has_chance,
    outcomes,
    summarise,
)
from game_rules.scenario.scenario import Scenario
from game_rules.standing.integration import Outlook
from server.cli.shared.progress import Told

if TYPE_CHECKING:
    from server.cli.shared.screen import Screen

PIECE = 50
"""How many matches a worker plays at a time."""

PARTS = ("cooperation", "cross_bloc", "trust", "autonomy", "calm")
COLUMNS = (
    "seating", "index", "cooperation", "across blocs", "trust", "autonomy", "calm",
    "optimistic", "contested", "pessimistic", "pacts", "breaches", "incidents",
)  # fmt: skip
TITLES = {
    "all_c": "all C",
    "reciprocity": "reciprocity (tit for tat)",
    "mixed": "mixed doctrines",
    "all_d": "all D",
}

INTRODUCTION = """\
# Scenarios by who plays them

What becomes of each scenario by rules {version}: means over {runs} matches, with the seeds 1 to
{runs}. Where no chance enters, one match stands for all. This page is made by
`detente scenario table --runs {number} --page docs/scenario-table.md --overwrite`.

The index and its five parts are those of the rules at the end of a match, after its last round; the
outlook is optimistic, contested or pessimistic, in percent of matches. *Cooperation* and *across
blocs* are efficiency: the share of the joint gain that was reached. No part falls below 0.05.
Pacts concluded, pledges broken and incidents are counts a match. On every seat sits the same bot;
in *mixed doctrines* one of the five by the seed. What the doctrines do is told in
[strategies.md](strategies.md#doctrines); only they make moves and pacts. In fog even those who all
cooperate see defections, and who answers in kind answers those.
The points of all scenarios are assumptions made for play: the table says what follows from them,
and is no forecast."""

Row = Mapping[str, Summary]


def play_all(scenarios: Sequence[Scenario], runs: int, workers: int, told: Told) -> list[Row]:
    """Play every seating of every scenario and give the summaries by the seating's name.

    The seeds are 1 to runs; where no chance enters, one match stands for all. told: hears of
    matches played. The result does not depend on workers.
    """
    if workers == 1 or runs <= PIECE:
        return [_play(scenario, runs, told) for scenario in scenarios]
    from server.engines import processes

    with processes(workers).open() as executor:
        waiting = [
            {
                seating.name: [
                    executor.submit(outcomes, scenario, seating, first, last)
                    for first, last in _pieces(scenario, seating, runs)
                ]
                for seating in SEATINGS
            }
            for scenario in scenarios
        ]
        return [{name: _gather(pieces, told) for name, pieces in row.items()} for row in waiting]


def matches_of(scenarios: Sequence[Scenario], runs: int) -> int:
    """Count the matches that have to be played."""
    return sum(
        last - first + 1
        for scenario in scenarios
        for seating in SEATINGS
        for first, last in _pieces(scenario, seating, runs)
    )


def document(scenarios: Sequence[Scenario], rows: Sequence[Row], runs: int) -> dict[str, Any]:
    """Describe the table as one JSON document."""
    tables = [
        {
            "scenario": scenario.name,
            "seatings": [{"seating": name, **_figures(summary)} for name, summary in row.items()],
        }
        for scenario, row in zip(scenarios, rows, strict=True)
    ]
    return {"runs": runs, "scenarios": tables}


def page_of(scenarios: Sequence[Scenario], rows: Sequence[Row], runs: int) -> str:
    """Write a Markdown page, a table a scenario."""
    lines = [INTRODUCTION.format(runs=f"{runs:,}", number=runs, version=RULES_VERSION)]
    for scenario, row in zip(scenarios, rows, strict=True):
        lines += ["", f"## {scenario.title}", "", f"`{scenario.name}`", ""]
        lines.append(f"| {' | '.join(COLUMNS)} |")
        lines.append(f"| --- |{' ---: |' * (len(COLUMNS) - 1)}")
        lines += [f"| {' | '.join(cells(name, summary))} |" for name, summary in row.items()]
    return "\n".join(lines) + "\n"


def show_tables(screen: "Screen", scenarios: Sequence[Scenario], rows: Sequence[Row]) -> None:
    """Print a table a scenario."""
    for scenario, row in zip(scenarios, rows, strict=True):
        columns = ("", "index", "coop", "across", "trust", "auton", "calm", "opt", "con", "pes")
        table = screen.table(scenario.title, columns, scenario.name)
        for name, summary in row.items():
            table.add_row(*cells(name, summary)[: len(columns)])
        screen.print(table, "")


def cells(name: str, summary: Summary) -> list[str]:
    """Write a row: the index to a tenth, parts to a hundredth, shares in percent."""
    return [
        TITLES.get(name, name),
        f"{summary.index:.1f}",
        *(f"{part:.2f}" for part in summary.parts),
        *(f"{100 * share:.0f}%" for share in summary.shares),
        *(f"{each:.1f}" for each in (summary.pacts, summary.breaches, summary.incidents)),
    ]


def _figures(summary: Summary) -> dict[str, Any]:
    return {
        "index": summary.index,
        "parts": dict(zip(PARTS, summary.parts, strict=True)),
        "outlooks": dict(zip((x.value for x in Outlook), summary.shares, strict=True)),
        "pacts": summary.pacts,
        "breaches": summary.breaches,
        "incidents": summary.incidents,
    }


def _play(scenario: Scenario, runs: int, told: Told) -> Row:
    row: dict[str, Summary] = {}
    for seating in SEATINGS:
        played: list[Outcome] = []
        for first, last in _pieces(scenario, seating, runs):
            played += outcomes(scenario, seating, first, last)
            told(last - first + 1)
        row[seating.name] = summarise(played)
    return row


def _gather(pieces: Sequence[Future[tuple[Outcome, ...]]], told: Told) -> Summary:
    played: list[Outcome] = []
    for piece in pieces:
        played += piece.result()
        told(len(piece.result()))
    return summarise(played)


def _pieces(scenario: Scenario, seating: Seating, runs: int) -> Iterator[tuple[int, int]]:
    last = runs if has_chance(scenario, seating) else 1
    for first in range(1, last + 1, PIECE):
        yield first, min(first + PIECE - 1, last)
