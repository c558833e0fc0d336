"""What two rivals start with follows from their past, or says why it does not."""

from itertools import groupby

import pytest

from tests.tools.tension import CODES, PastOfPair, derived, pasts, starts, told

COUNTED = (
    # Correlates of War, 1946 to 2014, from threat to use force up
    ("RUS", "USA", 58),
    ("IND", "PAK", 40),
    ("CHN", "USA", 34),
    ("KOR", "PRK", 31),
    ("MMR", "THA", 30),
    ("JPN", "RUS", 28),
    ("CHN", "TWN", 27),
    ("PRK", "USA", 24),
    ("CHN", "IND", 22),
    ("CHN", "VNM", 20),
    ("CHN", "PHL", 10),
)
STARTS = starts()
REASON = "it is higher because"


def past_of(seats: tuple[str, ...]) -> PastOfPair:
    one, other = sorted(seats)
    return pasts()[one, other]


def ranks(values: list[float]) -> list[int]:
    order = sorted(range(len(values)), key=values.__getitem__)
    return [order.index(place) for place in range(len(values))]


def spearman(xs: list[float], ys: list[float]) -> float:
    """For values without ties."""
    n = len(xs)
    apart = sum((a - b) ** 2 for a, b in zip(ranks(xs), ranks(ys), strict=True))
    return 1 - 6 * apart / (n * (n * n - 1))


@pytest.mark.parametrize(
    ("name", "start"), STARTS, ids=[f"{name} {'-'.join(x.seats)}" for name, x in STARTS]
)
def test_a_start_lies_where_the_past_of_the_pair_puts_it_or_says_why_not(name, start):
    past = past_of(start.seats)
    low, high = past.interval
    assert told(past) in start.source
    assert (low <= start.tension <= high) != (REASON in start.source)


def test_a_pair_starts_alike_in_every_scenario_of_a_decade():
    by_pair = sorted((tuple(sorted(start.seats)), start) for _, start in STARTS)
    for pair, each in groupby(by_pair, key=lambda row: row[0]):
        assert len({(start.tension, start.source) for _, start in each}) == 1, pair


def test_the_formula_ranks_pairs_as_their_disputes_do():
    found = [past_of((one, other)).tension for one, other, _ in COUNTED]
    assert spearman(found, [float(count) for *_, count in COUNTED]) >= 0.8
    assert [past_of((one, other)).disputes for one, other, _ in COUNTED] == [
        count for *_, count in COUNTED
    ]


def test_the_formula_grows_with_disputes_and_stays_below_a_crisis():
    found = [PastOfPair(n, is_rivalry=True).tension for n in range(500)]
    assert found == sorted(found)
    assert PastOfPair(0, is_rivalry=False).interval == (0.0, 0.2)
    assert 0.2 < found[0] + 1e-9 <= found[-1] < 0.5


def test_disputes_and_rivalries_are_counted_from_the_data():
    def dispute(one: str, other: str, began: int, *levels: int) -> dict[str, str]:
        codes = {"ccode1": str(CODES[one]), "ccode2": str(CODES[other])}
        hostility = {f"hostlev{side}": str(level) for side, level in enumerate(levels, start=1)}
        return {**codes, "disponset": str(began), **hostility}

    disputes = [
        dispute("IND", "PAK", 1, 1, 4),
        dispute("PAK", "IND", 1, 2, 1),
        dispute("IND", "PAK", 0, 4, 4),
        dispute("IND", "PAK", 1, 1, 1),
        dispute("IND", "CHN", 1, 5, 5),
    ]
    rivalries = [{"ccode1": "750", "ccode2": "770", "end": "2020"}]
    rivalries.append({"ccode1": "710", "ccode2": "750", "end": "2019"})
    text = derived(disputes, rivalries)
    assert 'seats = ["IND", "PAK"]\ndisputes = 2\nis_rivalry = true' in text
    assert 'seats = ["CHN", "IND"]\ndisputes = 1\nis_rivalry = false' in text
