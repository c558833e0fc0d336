"""Fit what people did in laboratories, and say how well a treatment is foretold from the others.

    uv run python -m tests.tools.laboratory
    uv run python -m tests.tools.laboratory --data pd_treatments.csv

The first prints the coefficients of `game_rules/games/laboratory.py`, its margin and its replies,
and the table of docs/strategies.md, from `game_rules/data/laboratory.toml`. The second makes that
file first: from one row a treatment of the data of Nay & Vorobeychik 2016 (columns data, n, delta,
r, s, t, p, err, risk, infin, c1, n1, call, cc, cd, dc, dd). No choice of anybody is kept.
"""

import argparse
import csv
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from game_rules.games.corners import Corners
from game_rules.games.supergame import basin_of_defection

ROWS = Path("game_rules/data/laboratory.toml")
SHARE_WITHIN = 0.9
STUDIES = {
    "BR": "Bereby-Meyer & Roth 2006",
    "DB": "Dal Bó 2005",
    "DF": "Dal Bó & Fréchette 2011",
    "DO": "Duffy & Ochs 2009",
    "FO": "Friedman & Oprea 2012",
    "FR": "Fudenberg, Rand & Dreber 2012",
    "KS": "Kunreuther et al. 2009",
}
HEAD = """\
# What people did in laboratories: one row a treatment of a repeated Prisoner's Dilemma.
#
# Source: Nay & Vorobeychik 2016, Predicting Human Cooperation, PLOS ONE 11(5), e0155656, and the
# studies that each row names. Licence of the data, as published with the R package datafsm: MIT,
# copyright John J. Nay. These are figures per treatment, derived from it; no choice of anybody is
# here. They are of all levels of experience. Made by `python -m tests.tools.laboratory --data`.
#
# ends: "chance", "known" after `rounds`, or "single" for one round with each other person.
# corners: T, R, P, S, in the study's own unit. is_random: payoffs were drawn by chance around
# these. noise: the chance that an action was carried out as the other one. first_round: the share
# that cooperated in round 1, of `first_choices`; cooperation: in all rounds, of `choices`.
# replies: the share that cooperated after CC, CD, DC and DD, own action first.
"""

Line = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Treatment:
    """One treatment of a study, as a row of the file. Of a single round every choice is a first."""

    study: str
    ends: str
    corners: Corners
    continuation: float
    noise: float
    is_random: bool
    rounds: int | None
    first_round: float
    cooperation: float
    replies: tuple[float, ...]

    @property
    def basin(self) -> float:
        """The basin of always defect, which decides most of what people do."""
        return basin_of_defection(self.corners, self.continuation)

    @property
    def prospect(self) -> float:
        """What the first move is foretold from."""
        return (1 - self.basin) * self.continuation * (1 - self.noise)

    @property
    def is_scored(self) -> bool:
        """Whether chance ended it, or it had one round only: then every choice is a first."""
        return self.ends != "known"


def treatments(text: str | None = None) -> tuple[Treatment, ...]:
    """Read the rows of the file."""
    rows = tomllib.loads(ROWS.read_text(encoding="utf-8") if text is None else text)["treatment"]
    return tuple(_treatment(row) for row in rows)


def _treatment(row: dict) -> Treatment:
    rounds = row.get("rounds")
    return Treatment(
        study=row["study"],
        ends=row["ends"],
        corners=Corners(*row["corners"]),
        continuation=row["continuation"] if rounds is None else 1 - 1 / rounds,
        noise=row["noise"],
        is_random=row["is_random"],
        rounds=rounds,
        first_round=row["cooperation"] if row["ends"] == "single" else row["first_round"],
        cooperation=row["cooperation"],
        replies=tuple(row["replies"]),
    )


def fitted(rows: Sequence[Treatment]) -> Line:
    """Fit base and slope of the first move by least squares, each treatment counting the same."""
    xs, ys = [row.prospect for row in rows], [row.first_round for row in rows]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((each - x) ** 2 for each in xs)
    slope = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / spread
    return y - slope * x, slope


def foretold(line: Line, row: Treatment) -> float:
    """Return the share of first cooperation that a fit expects."""
    return line[0] + line[1] * row.prospect


def left_out(rows: Sequence[Treatment]) -> list[float]:
    """Foretell each treatment from all the others, in order."""
    return [
        foretold(fitted([*rows[:place], *rows[place + 1 :]]), row) for place, row in enumerate(rows)
    ]


def margin(misses: Sequence[float]) -> float:
    """Return the margin that holds nine of ten new treatments.

    Source: Barber et al. 2021, Predictive Inference with the Jackknife+, Ann. Statistics 49(1).
    It is the ⌈0.9·(n + 1)⌉-th smallest miss of n treatments that were left out in turn.
    """
    place = min(ceil(SHARE_WITHIN * (len(misses) + 1)), len(misses))
    return sorted(abs(miss) for miss in misses)[place - 1]


def mean_replies(rows: Sequence[Treatment]) -> tuple[float, ...]:
    """Return the mean reply rates of treatments, each counting the same."""
    return tuple(sum(rates) / len(rows) for rates in zip(*(x.replies for x in rows), strict=True))


def replies_by_noise(rows: Sequence[Treatment], noise: float) -> tuple[tuple[float, ...], ...]:
    """Return two readings of the replies at a noise: of all treatments, and of the same game.

    Only games that chance ended are read. The same game is that of Fudenberg, Rand & Dreber 2012
    in which benefit over cost is 4: they varied noise alone in it.
    """
    here = [row for row in rows if row.ends == "chance" and row.noise == noise]
    same = [row for row in here if row.corners == Corners(T=0.33, R=0.264, P=0.066, S=0)]
    return mean_replies(here), mean_replies(same)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print coefficients, replies and the table; make the file first if data are given."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.laboratory")
    parser.add_argument("--data", type=Path, help="one row a treatment, as CSV")
    given = parser.parse_args(arguments)
    if given.data:
        ROWS.write_text(derived(given.data.read_text(encoding="utf-8")), encoding="utf-8")
    rows = treatments()
    scored = [row for row in rows if row.is_scored]
    line, expected = fitted(scored), left_out(scored)
    misses = [x - (row.first_round) for x, row in zip(expected, scored, strict=True)]
    print(f"base {line[0]:.3f}, slope {line[1]:.3f}, margin {margin(misses):.3f}")
    print(f"mean miss {sum(map(abs, misses)) / len(misses):.3f} of {len(misses)}, left out in turn")
    for noise in (0, 1 / 16, 1 / 8):
        for name, rates in zip(("all", "same"), replies_by_noise(rows, noise), strict=True):
            print(f"noise {noise}: replies of {name}", " ".join(f"{rate:.3f}" for rate in rates))
    print(*table(rows, dict(zip(map(id, scored), expected, strict=True)).get), sep="\n")


def table(rows: Sequence[Treatment], of_others: Callable[[int], float | None]) -> list[str]:
    """Write the table of docs/strategies.md; known ends are foretold from all that are scored."""
    line = fitted([row for row in rows if row.is_scored])
    lines = [
        "| study | ends | δ | noise | g | l | basin | people, round 1 | foretold | miss |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in sorted(rows, key=lambda row: (row.ends, row.basin, row.noise)):
        expected, seen = of_others(id(row)), row.first_round
        expected = foretold(line, row) if expected is None else expected
        c, gain = row.corners, row.corners.R - row.corners.P
        ends = f"{row.rounds} rounds" if row.rounds else row.ends
        study = f"{row.study}, payoffs by chance" if row.is_random else row.study
        lines.append(
            f"| {study} | {ends} | {row.continuation:.3g} | {row.noise:.3g} "
            f"| {c.greed / gain:.2f} | {c.fear / gain:.2f} | {row.basin:.2f} "
            f"| {seen:.1%} | {expected:.1%} | {100 * (expected - seen):+.1f} |".replace("%", " %")
        )
    return lines


def derived(text: str) -> str:
    """Write the file of rows from the data of treatments."""
    return HEAD + "".join(map(_row, csv.DictReader(text.splitlines())))


def _row(given: dict[str, str]) -> str:
    delta, is_by_chance = float(given["delta"]), given["infin"] == "1"
    ends = "single" if delta == 0 else "chance" if is_by_chance else "known"
    firsts = int(given["n1"])
    corners = ", ".join(given[name] for name in "trps")
    replies = ", ".join(f"{float(given[name]):.4f}" for name in ("cc", "cd", "dc", "dd"))
    lines = [
        "\n[[treatment]]",
        f'study = "{STUDIES[given["data"]]}"',
        f'ends = "{ends}"',
        f"rounds = {int(given['n']) // firsts}" if ends == "known" else f"continuation = {delta:g}",
        f"noise = {given['err']}",
        f"is_random = {'true' if given['risk'] == '1' else 'false'}",
        f"corners = [{corners}]",
        f"choices = {given['n']}",
        f"cooperation = {float(given['call']):.4f}",
        f"replies = [{replies}]",
    ]
    if firsts:
        lines += [f"first_choices = {firsts}", f"first_round = {float(given['c1']):.4f}"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
