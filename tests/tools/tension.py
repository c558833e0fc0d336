"""Say between which tensions two rivals should start, from their disputes and their rivalry.

    uv run python -m tests.tools.tension
    uv run python -m tests.tools.tension --disputes mid.csv --rivalries tss.csv

The first prints the interval of every pair of `game_rules/data/rivalries.toml`, and the start that
scenarios give it. The second makes that file first, from dyads of militarised interstate disputes
(Correlates of War) and from strategic rivalries, by country codes of the Correlates of War.
"""

import argparse
import csv
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from game_rules.scenario.scenario import PairStart
from game_rules.scenario_files.scenarios import scenario_names, shipped_scenario

PAIRS = Path("game_rules/data/rivalries.toml")
CODES = {
    "USA": 2,
    "RUS": 365,
    "CHN": 710,
    "TWN": 713,
    "PRK": 731,
    "KOR": 732,
    "JPN": 740,
    "IND": 750,
    "PAK": 770,
    "MMR": 775,
    "THA": 800,
    "VNM": 816,
    "MYS": 820,
    "SGP": 830,
    "PHL": 840,
}
LEAST, RANGE, HALF_WAY = 0.1, 0.3, 20
OF_A_RIVALRY = 0.1
MARGIN = 0.1
"""As much as one exercise adds."""

THREAT = 2
"""The hostility level from which a dispute counts: a threat to use force."""

COUNTED = (
    ("RUS", "USA"),
    ("IND", "PAK"),
    ("CHN", "USA"),
    ("KOR", "PRK"),
    ("MMR", "THA"),
    ("JPN", "RUS"),
    ("CHN", "TWN"),
    ("PRK", "USA"),
    ("CHN", "IND"),
    ("CHN", "VNM"),
    ("CHN", "PHL"),
    ("CHN", "JPN"),
    ("MYS", "SGP"),
)
HEAD = """\
# Disputes and rivalries of pairs of states: where the tension of rivals should start.
#
# disputes: militarised interstate disputes that began from 1946 to 2014 with a threat to use force
# or more. Source: Correlates of War, MID 5 (Palmer et al. 2022, CMPS 39(4)), dyads, in the R
# package peacesciencer. is_rivalry: whether a strategic rivalry went on in 2020, the last year of
# the data. Source: Thompson, Sakuwa & Suhas 2022, Analyzing Strategic Rivalries in World Politics,
# in the same package. Made by `python -m tests.tools.tension --disputes … --rivalries …`.
"""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PastOfPair:
    """Two states' disputes since 1946, and whether they were rivals to the last."""

    disputes: int
    is_rivalry: bool

    @property
    def tension(self) -> float:
        """The tension that this past gives: 0.1 + 0.3·n/(n + 20), and 0.1 more for rivals.

        Assumption: it grows with disputes, ever more slowly, and stays below a crisis.
        """
        share = self.disputes / (self.disputes + HALF_WAY)
        return LEAST + RANGE * share + OF_A_RIVALRY * self.is_rivalry

    @property
    def interval(self) -> tuple[float, float]:
        """The tensions to start with, in hundredths."""
        return round(self.tension - MARGIN, 2), round(self.tension + MARGIN, 2)


def pasts() -> dict[Pair, PastOfPair]:
    """Read the pasts of all pairs."""
    rows = tomllib.loads(PAIRS.read_text(encoding="utf-8"))["pair"]
    return {tuple(row["seats"]): PastOfPair(row["disputes"], row["is_rivalry"]) for row in rows}


def starts() -> list[tuple[str, PairStart]]:
    """List the scenario and the start of every pair of rivals in the built-in scenarios."""
    return [(name, each) for name in scenario_names() for each in shipped_scenario(name).starts]


def told(past: PastOfPair) -> str:
    """Write what a source says of a past."""
    low, high = past.interval
    return f"{past.disputes} disputes from 1946 to 2014 give {low:.2f} to {high:.2f}"


def derived(disputes: Iterable[dict[str, str]], rivalries: Iterable[dict[str, str]]) -> str:
    """Write the file of pairs from both sets of data."""
    began = [
        {int(row["ccode1"]), int(row["ccode2"])}
        for row in disputes
        if row["disponset"] == "1" and max(int(row["hostlev1"]), int(row["hostlev2"])) >= THREAT
    ]
    lasting = [{int(x["ccode1"]), int(x["ccode2"])} for x in rivalries if int(x["end"]) >= 2020]
    rows = []
    for pair in COUNTED:
        codes = {CODES[seat] for seat in pair}
        seats = ", ".join(f'"{seat}"' for seat in pair)
        rows.append(f"\n[[pair]]\nseats = [{seats}]\ndisputes = {began.count(codes)}\n")
        rows.append(f"is_rivalry = {'true' if codes in lasting else 'false'}\n")
    return HEAD + "".join(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print every interval and the starts; make the file first if data are given."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.tension")
    parser.add_argument("--disputes", type=Path, help="dyads of disputes, as CSV")
    parser.add_argument("--rivalries", type=Path, help="rivalries, as CSV")
    given = parser.parse_args(arguments)
    if given.disputes and given.rivalries:
        rows = (
            list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
            for path in (given.disputes, given.rivalries)
        )
        PAIRS.write_text(derived(*rows), encoding="utf-8")
    print(
        "| pair | disputes | rivalry in 2020 | interval | start |\n| --- | --- | --- | --- | --- |"
    )
    given_starts = {tuple(sorted(each.seats)): each.tension for _, each in starts()}
    for pair, past in pasts().items():
        low, high = past.interval
        start = given_starts.get(pair, "–")
        is_rivalry = "yes" if past.is_rivalry else "no"
        print(
            f"| {'–'.join(pair)} | {past.disputes} | {is_rivalry} | {low:.2f} to {high:.2f} "
            f"| {start} |"
        )


if __name__ == "__main__":
    main()
