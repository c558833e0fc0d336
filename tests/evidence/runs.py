"""Matches of experiments: played on several cores, kept in a file, and never played twice."""

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from game_rules.scenario.scenario import Scenario
from server.engines import processes
from tests.evidence.matches import Figures, played
from tests.evidence.persons import Mechanism, played_by_persons
from tests.evidence.treatments import Treatment
from tests.game_rules.rulesets.second.shipped import FOLDER, shipped

PIECE = 8
"""How many matches a worker plays at a time."""

TOLD_EVERY_S = 20.0

RULES = Path(__file__).parents[2] / "game_rules"
Key = tuple[str, str, int]
Played = Treatment | Mechanism


@dataclass(frozen=True, slots=True)
class Want:
    """Matches that a part of the evidence needs: a region, a treatment, and seeds.

    region: or a classic game, which laboratory persons play under a mechanism.
    """

    region: str
    treatment: Played
    seeds: range


@cache
def scenario_of(region: str) -> Scenario:
    """Read a region's scenario once a process."""
    return shipped(region)


@cache
def stamp_of(region: str) -> str:
    """Name the rules and the scenario that a result is of, so that an old one is not taken."""
    digest = sha256((FOLDER / f"{region}.toml").read_bytes())
    own = (Path(__file__).with_name(name) for name in ("matches.py", "persons.py"))
    for path in (*sorted(RULES.rglob("*.py")), *own):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def piece(region: str, treatment: Played, seeds: Sequence[int]) -> list[dict]:
    """Play some matches of a treatment; runs in a worker."""
    scenario = scenario_of(region)
    if isinstance(treatment, Mechanism):
        return [played_by_persons(scenario, treatment, seed).document() for seed in seeds]
    return [played(scenario, treatment, seed).document() for seed in seeds]


@dataclass
class Runs:
    """Results by region, treatment and seed, and the file that keeps them.

    file: None keeps nothing. workers: processes that play. share: of the seeds that are played.
    """

    file: Path | None = None
    workers: int = 1
    share: float = 1.0
    known: dict[Key, Figures] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.file is not None and self.file.exists():
            with self.file.open(encoding="utf-8") as lines:
                for line in lines:
                    self._read(line)

    def _read(self, line: str) -> None:
        try:
            entry = json.loads(line)
        except ValueError:
            return  # cut off in the middle of a line; it is played again
        if entry["stamp"] == stamp_of(entry["region"]):
            key = (entry["region"], entry["treatment"], entry["seed"])
            self.known[key] = Figures(**entry["figures"])

    def seeds(self, count: int, first: int = 1) -> range:
        """Give so many seeds, or their share."""
        return range(first, first + max(2, round(self.share * count)))

    def rows(self, region: str, treatment: Played, seeds: range) -> list[Figures]:
        """Give a treatment's results in the order of seeds; they have been played."""
        return [self.known[region, treatment.name, seed] for seed in seeds]

    def play(self, wants: Iterable[Want]) -> None:
        """Play what is wanted and not known yet."""
        pieces = list(self._missing(wants))
        whole, done, began = sum(len(x[2]) for x in pieces), 0, time.monotonic()
        told = began
        for (region, treatment, seeds), figures in self._results(pieces):
            self._keep(region, treatment, seeds, figures)
            done += len(seeds)
            now = time.monotonic()
            if now - told > TOLD_EVERY_S:
                told, left = now, (now - began) * (whole / done - 1)
                print(f"  {done} of {whole} matches, {left / 60:.1f} min left", file=sys.stderr)

    def _missing(self, wants: Iterable[Want]) -> Iterator[tuple[str, Played, list[int]]]:
        asked = dict.fromkeys(
            (want.region, want.treatment, seed) for want in wants for seed in want.seeds
        )
        left = (x for x in asked if (x[0], x[1].name, x[2]) not in self.known)
        for (region, treatment), group in groupby(left, key=lambda x: x[:2]):
            seeds = [x[2] for x in group]
            for first in range(0, len(seeds), PIECE):
                yield region, treatment, seeds[first : first + PIECE]

    def _results(self, pieces: list) -> Iterator[tuple[tuple, list[dict]]]:
        if self.workers == 1 or len(pieces) <= 1:
            yield from ((each, piece(*each)) for each in pieces)
            return
        with processes(self.workers).open() as executor:
            waiting = {executor.submit(piece, *each): each for each in pieces}
            for finished in as_completed(waiting):
                yield waiting[finished], finished.result()

    def _keep(
        self, region: str, treatment: Played, seeds: Sequence[int], figures: list[dict]
    ) -> None:
        lines = []
        for seed, each in zip(seeds, figures, strict=True):
            self.known[region, treatment.name, seed] = Figures(**each)
            entry = {"stamp": stamp_of(region), "region": region, "treatment": treatment.name}
            lines.append(json.dumps({**entry, "seed": seed, "figures": each}) + "\n")
        if self.file is not None:
            with self.file.open("a", encoding="utf-8") as kept:
                kept.writelines(lines)
