"""The parts of the evidence: what each plays, the table that it prints, and its bars.

Bars are those of rules 2. A part prints its table whether they hold or not.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from game_rules.games.stage_games import C, D
from game_rules.roles import Seat
from tests.evidence.intervals import Interval, interval
from tests.evidence.matches import Figures, can_repeat
from tests.evidence.runs import Runs, Want, scenario_of
from tests.evidence.treatments import (
    AS_IT_IS,
    CONDITIONS,
    NO_MOVES,
    RECOMMENDED,
    REPEATED,
    Fixed,
    Treatment,
    always,
    blocs_of,
    repeating,
)
from tests.game_rules.rulesets.second.shipped import NAMES

QUAD, TAIWAN = "quad_and_eas", "taiwan_strait"
OFTEN = ("korean_peninsula", "south_china_sea", TAIWAN, "india_pakistan", QUAD)
SELDOM = ("sco_central_asia", "bri_corridors")
LEAST_OFTEN, LEAST_SELDOM = 0.20, 0.04
MEASURES: dict[str, Callable[[Figures], float]] = {
    "index": lambda x: x.index,
    "trust": lambda x: x.trust,
    "tension": lambda x: x.tension,
    "points": lambda x: x.points,
}
MOVED = ("index", "trust", "tension")
LEAST_REGIONS = 4
ENTRAPPED_REGIONS = 3
CASTS, PAIRED = 400, 200
"""Seeds of counts, and of paired differences."""

SCREENED, FRESH, FRESH_FROM = (12, 36), 100, 1001
"""Seeds of repeated moves: of the first looks, of the last one, and where that begins."""


Repeat = tuple[str, Seat, str]
"""A region, a seat in it, and the kind of move that it repeats."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing that must hold, and the figure that says whether it does."""

    what: str
    figure: str
    holds: bool


def differences(
    treated: Sequence[Figures], base: Sequence[Figures], measure: Callable[[Figures], float]
) -> Interval:
    """Give the paired difference of a figure."""
    return interval([measure(x) - measure(y) for x, y in zip(treated, base, strict=True)])


def crises(runs: Runs) -> list[Bar]:
    """Count in how many matches of mixed doctrines a crisis opens, by region."""
    regions, bars = (*OFTEN, *SELDOM), []
    seeds = {AS_IT_IS: runs.seeds(CASTS), NO_MOVES: runs.seeds(PAIRED)}
    runs.play(Want(region, each, seeds[each]) for region in regions for each in seeds)
    print("| region | crisis, moves as the scenario has them | no moves | index | rounds |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for region in regions:
        rows = {each: runs.rows(region, each, seeds[each]) for each in seeds}
        shares = [interval([x.has_crisis for x in each]) for each in rows.values()]
        told = " | ".join(f"{100 * x.mean:.1f} ± {100 * x.width:.1f}%" for x in shares)
        index, rounds = (
            interval([f(x) for x in rows[AS_IT_IS]]) for f in (_index, lambda x: x.rounds)
        )
        print(f"| {region} | {told} | {_plain(index)} | {rounds.mean:.1f} |")
        least = LEAST_OFTEN if region in OFTEN else LEAST_SELDOM
        figure = f"{100 * shares[0].mean:.1f}%"
        what = f"crises in {region}: at least {100 * least:.0f}%"
        bars.append(Bar(what, figure, shares[0].mean >= least))
    return bars


def entrapments(runs: Runs) -> list[Bar]:
    """Count entrapments and abandonments by whom; a patron is the heavier ally."""
    seeds, dragged = runs.seeds(CASTS), []
    regions = [x for x in NAMES if scenario_of(x).rivals and _alliances(x)]
    runs.play(Want(region, AS_IT_IS, seeds) for region in regions)
    print(f"| region | entrapped (in {len(seeds)} matches) | abandoned |\n| --- | --- | --- |")
    for region in regions:
        caught, left = Counter[str](), Counter[str]()
        for row in runs.rows(region, AS_IT_IS, seeds):
            caught.update(row.entrapped)
            left.update(row.abandoned)
        print(f"| {region} | {_listed(caught)} | {_listed(left)} |")
        clients = [who for who, times in caught.items() if times and _is_patron(region, who)]
        dragged += [region] if clients else []
    what = f"a patron is entrapped by its client in {ENTRAPPED_REGIONS} regions or more"
    found = f"{len(dragged)}: {', '.join(dragged)}"
    return [Bar(what, found, len(dragged) >= ENTRAPPED_REGIONS)]


def recommendations(runs: Runs) -> list[Bar]:
    """Switch each recommendation on alone; differences to the same matches without it."""
    seeds, bars = runs.seeds(PAIRED), []
    compared = [treatment for pair in RECOMMENDED.values() for treatment in pair]
    runs.play(Want(region, treatment, seeds) for region in NAMES for treatment in compared)
    print(f"| recommendation | region | {' | '.join(MEASURES)} | moves per match |")
    print(f"| --- | --- |{' ---: |' * (len(MEASURES) + 1)}")
    for name, pair in RECOMMENDED.items():
        moved = []
        for region in NAMES:
            rows, base = (runs.rows(region, x, seeds) for x in pair)
            found = {key: differences(rows, base, f) for key, f in MEASURES.items()}
            told = " | ".join(x.told(1 if key == "index" else 3) for key, x in found.items())
            made = sum(x.moves for x in rows) / len(rows)
            print(f"| {name} | {region} | {told} | {made:.1f} |")
            moved += [region] if any(found[key].excludes_zero for key in MOVED) else []
        what = f"recommendation {name} moves index, trust or tension in {LEAST_REGIONS} regions"
        bars.append(Bar(what, f"{len(moved)} of {len(NAMES)}", len(moved) >= LEAST_REGIONS))
    return bars


def conditions(runs: Runs) -> list[Bar]:
    """Change what surrounds a match: fog, talk, the shadow of the future, blocs."""
    seeds = runs.seeds(PAIRED)
    asked = [
        (name, region)
        for name, treatment in CONDITIONS.items()
        for region in NAMES
        if treatment.blocs is None or blocs_of(scenario_of(region))
    ]
    base = [Want(region, NO_MOVES, seeds) for region in NAMES]
    runs.play([*base, *(Want(region, CONDITIONS[name], seeds) for name, region in asked)])
    print(f"| condition | region | {' | '.join(MEASURES)} |")
    print(f"| --- | --- |{' ---: |' * len(MEASURES)}")
    for name, region in asked:
        rows, plain = (runs.rows(region, x, seeds) for x in (CONDITIONS[name], NO_MOVES))
        found = {key: differences(rows, plain, f) for key, f in MEASURES.items()}
        told = " | ".join(x.told(1 if key == "index" else 3) for key, x in found.items())
        print(f"| {name} | {region} | {told} |")
    return []


def repeated(runs: Runs) -> list[Bar]:
    """Let one seat repeat a move; who gains by it while the index falls is looked at again.

    First on a few seeds, then on more. What still raises own points and lowers the index by the
    means alone is played on fresh ones, whose intervals count.
    """
    tried = suspects = [
        (region, seat, kind)
        for region in NAMES
        for seat in scenario_of(region).seats
        for kind in REPEATED
        if can_repeat(scenario_of(region), seat, kind)
    ]
    for count in SCREENED:
        seeds = runs.seeds(count)
        _play_repeats(runs, suspects, seeds)
        suspects = [x for x in suspects if _is_suspect(*_repeats(runs, x, seeds))]
        print(
            f"{len(suspects)} of {len(tried)} repeated moves look like pumps on {len(seeds)} seeds"
        )
    fresh = runs.seeds(FRESH, FRESH_FROM)
    _play_repeats(runs, suspects, fresh)
    print(f"\n| region | seat | move | own points a round, {len(fresh)} fresh seeds | index |")
    print("| --- | --- | --- | ---: | ---: |")
    pumps = []
    for region, seat, kind in suspects:
        own, index = _repeats(runs, (region, seat, kind), fresh)
        print(f"| {region} | {seat} | {kind} | {own.told(3)} | {index.told(2)} |")
        pumps += [f"{seat} {kind} in {region}"] if own.is_above and index.is_below else []
    what = "no repeated move raises its seat's points and lowers the index"
    return [Bar(what, ", ".join(pumps) or f"none of {len(tried)}", not pumps)]


def _play_repeats(runs: Runs, tried: Sequence[Repeat], seeds: range) -> None:
    regions = dict.fromkeys(region for region, _, _ in tried)
    base = [Want(region, NO_MOVES, seeds) for region in regions]
    runs.play([*base, *(Want(x, repeating(seat, kind), seeds) for x, seat, kind in tried)])


def taiwan(runs: Runs) -> list[Bar]:
    """Let each of the four press in the strait always, yield always, or do as its doctrine says."""
    seeds, best, strait = runs.seeds(PAIRED), [], "strait"
    four = tuple(Seat(x) for x in ("CHN", "TWN", "USA", "JPN"))
    pressing = {seat: always(strait, seat, D) for seat in four}
    yielding = {seat: always(strait, seat, C) for seat in four}
    wanted = (NO_MOVES, *pressing.values(), *yielding.values())
    runs.play(Want(TAIWAN, treatment, seeds) for treatment in wanted)
    print(
        "| seat | presses: own points (index) | yields | as its doctrine | press − better other |"
    )
    print("| --- | ---: | ---: | ---: | ---: |")
    for seat in four:
        rows = [runs.rows(TAIWAN, x, seeds) for x in (pressing[seat], yielding[seat], NO_MOVES)]
        own = [interval([x.own[seat] for x in each]) for each in rows]
        index = [interval([x.index for x in each]) for each in rows]
        told = [f"{x.mean:.2f} ({y.mean:.0f})" for x, y in zip(own, index, strict=True)]
        other = rows[1] if own[1].mean >= own[2].mean else rows[2]
        gap = differences(rows[0], other, lambda x, seat=seat: x.own[seat])
        print(f"| {seat} | {' | '.join(told)} | {gap.told(2)} |")
        best += [seat] if gap.mean > 0 else []
    figure = ", ".join(best) or "nobody"
    return [Bar("Taiwan: pressing always is best for at most one of four", figure, len(best) <= 1)]


MEMBERS = tuple(Seat(x) for x in ("USA", "JPN", "IND", "AUS"))
HELD_QUAD: tuple[Fixed, ...] = tuple(("quad", seat, C) for seat in MEMBERS)
HELD_BOTH = (*HELD_QUAD, *(("aukus", Seat(x), C) for x in ("USA", "AUS")))
BLOCS = {
    "Quad and AUKUS held": Treatment("both held", moves=(), fixed=HELD_BOTH),
    "the same, doors open": Treatment("both open", moves=(), fixed=HELD_BOTH, is_open=True),
    "Quad alone held": Treatment("quad held", moves=(), fixed=HELD_QUAD, without=("aukus",)),
    "Quad alone, doors open": Treatment(
        "quad open", moves=(), fixed=HELD_QUAD, without=("aukus",), is_open=True
    ),
    "free choice": NO_MOVES,
    "neither bloc exists": Treatment("no blocs", moves=(), without=("quad", "aukus")),
}


def blocs(runs: Runs) -> list[Bar]:
    """Play the Quad's treatments: what a bloc does to its members, to China and to the region."""
    seeds = runs.seeds(PAIRED)
    runs.play(Want(QUAD, treatment, seeds) for treatment in BLOCS.values())
    columns = {
        "index": _index,
        "China a round": lambda x: x.own["CHN"],
        "members a round": members_of,
        "Indonesia": lambda x: x.own["IDN"],
        "China's C in the Summit": lambda x: x.shares["east_asia_summit CHN"],
        "tension": lambda x: x.tension,
        "crisis": lambda x: float(x.has_crisis),
    }
    print(f"| treatment | {' | '.join(columns)} |\n| --- |{' ---: |' * len(columns)}")
    for name, treatment in BLOCS.items():
        rows = runs.rows(QUAD, treatment, seeds)
        told = (_plain(interval([f(x) for x in rows]), 2) for f in columns.values())
        print(f"| {name} | {' | '.join(told)} |")
    held, without = (
        runs.rows(QUAD, BLOCS[name], seeds)
        for name in ("Quad and AUKUS held", "neither bloc exists")
    )
    wanted = {
        "Quad: the index is higher without the blocs": differences(without, held, _index),
        "Quad: members earn more with them": differences(held, without, members_of),
        "Quad: China earns more without": differences(without, held, lambda x: x.own["CHN"]),
    }
    return [Bar(what, found.told(1), found.is_above) for what, found in wanted.items()]


def members_of(row: Figures) -> float:
    """Give what a member of the Quad earns a round, on average."""
    return sum(row.own[seat] for seat in MEMBERS) / len(MEMBERS)


def _repeats(runs: Runs, tried: Repeat, seeds: range) -> tuple[Interval, Interval]:
    region, seat, kind = tried
    rows, base = (runs.rows(region, x, seeds) for x in (repeating(seat, kind), NO_MOVES))
    own = differences(rows, base, lambda x: x.own[seat])
    return own, differences(rows, base, _index)


def _is_suspect(own: Interval, index: Interval) -> bool:
    return own.mean > 0 > index.mean


def _alliances(region: str) -> list[tuple[Seat, ...]]:
    return [arena.members for arena in scenario_of(region).arenas if arena.is_alliance]


def _is_patron(region: str, pair: str) -> bool:
    """Tell whether the first of two allies is the heavier one."""
    scenario = scenario_of(region)
    power = {x.seat: x.figures[scenario.power].value for x in scenario.players}
    first, second = pair.split()
    return power[Seat(first)] > power[Seat(second)]


def _index(row: Figures) -> float:
    return row.index


def _plain(found: Interval, digits: int = 1) -> str:
    return f"{found.mean:.{digits}f} ± {found.width:.{digits}f}"


def _listed(counted: Counter[str]) -> str:
    return ", ".join(f"{' by '.join(who.split())} {n}" for who, n in counted.most_common()) or "–"
