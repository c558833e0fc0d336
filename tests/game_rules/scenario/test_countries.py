"""The countries: every figure says where it is from and how sure it is."""

import pytest

from game_rules.errors import InvalidInput
from game_rules.scenario.countries import (
    EQUAL_POWER,
    country,
    country_codes,
    defence_pacts,
    figure,
    power,
    rivalries,
    trade_share,
)
from game_rules.scenario.scenario import FigureStatus, PowerMeasure

READ, SECOND_HAND = FigureStatus.READ, FigureStatus.SECOND_HAND
RECALLED, ASSUMED = FigureStatus.RECALLED, FigureStatus.ASSUMED
MEASURES = {"cinc", "lowy", "military_spending", "gdp", "population", "un_ideal_point", "warheads"}
ALL = country_codes()


def test_there_are_seventeen_countries_with_names_of_their_own():
    assert len(ALL) == 17
    assert len({country(code).name for code in ALL}) == 17


@pytest.mark.parametrize("code", ALL)
def test_every_figure_has_unit_source_status_and_year(code):
    figures = country(code).figures
    assert set(figures) == (MEASURES - {"un_ideal_point"} if code == "TWN" else MEASURES)
    for each in figures.values():
        assert each.unit
        assert len(each.source) > 10
        assert (each.year is None) == (each.status is ASSUMED)


@pytest.mark.parametrize("code", ALL)
@pytest.mark.parametrize("measure", PowerMeasure)
def test_every_country_has_power_by_every_measure(code, measure):
    assert power(code, measure).value > 0


def test_assumed_figures_are_two_and_give_their_reason():
    assumed = {
        (code, measure)
        for code in ALL
        for measure, each in country(code).figures.items()
        if each.status is ASSUMED
    }
    assert assumed == {("PRK", "military_spending"), ("KAZ", "lowy")}
    assert all(figure(*each).source.startswith("Assumption: ") for each in assumed)


@pytest.mark.parametrize(
    ("code", "measure", "value", "year", "status"),
    [
        ("CHN", "cinc", 0.234097, 2022, READ),
        ("USA", "lowy", 81.7, 2024, SECOND_HAND),
        ("CHN", "military_spending", 314, 2024, SECOND_HAND),
        ("USA", "military_spending", 997, 2024, RECALLED),
        ("VNM", "military_spending", 5.8, 2022, READ),
        ("PRK", "military_spending", 4, None, ASSUMED),
        ("KAZ", "lowy", 12, None, ASSUMED),
        ("KOR", "gdp", 1713, 2023, READ),
        ("PAK", "warheads", 170, 2025, SECOND_HAND),
        ("USA", "un_ideal_point", 2.695, 2019, READ),
    ],
)
def test_figures_are_those_of_their_sources(code, measure, value, year, status):
    found = figure(code, measure)
    assert (found.value, found.year, found.status) == (value, year, status)


def test_capabilities_are_shares_of_a_world():
    assert 0.5 < sum(power(code, PowerMeasure.CINC).value for code in ALL) < 1


@pytest.mark.parametrize("code", ALL)
def test_trade_shares_are_shares_with_other_countries_of_the_list(code):
    shares = country(code).trade
    assert set(shares) <= set(ALL) - {code}
    assert 0 < sum(share.value for share in shares.values()) < 1
    assert all(share.source and share.year == 2023 for share in shares.values())


def test_a_partner_outside_the_top_five_reads_nought_with_the_same_source():
    nought = trade_share("PAK", "PHL")
    assert nought.value == 0
    assert nought.source == trade_share("PAK", "CHN").source
    assert "outside the lists read 0" in nought.source


def test_equal_power_is_labelled_an_assumption():
    assert power("PAK", PowerMeasure.EQUAL) is EQUAL_POWER
    assert EQUAL_POWER.status is ASSUMED


@pytest.mark.parametrize("code", ALL)
def test_memberships_say_where_they_are_from(code):
    for each in country(code).memberships:
        assert each.organisation
        assert each.standing
        assert each.source
        assert each.status in (READ, RECALLED)


def test_organisations_have_the_members_of_their_source():
    def members(name):
        return {c for c in ALL if name in [m.organisation for m in country(c).memberships]}

    assert members("ASEAN") == {"IDN", "VNM", "PHL", "SGP", "THA", "MYS"}
    assert members("Quad") == {"USA", "JPN", "IND", "AUS"}
    assert members("SCO") == {"CHN", "RUS", "KAZ", "IND", "PAK"}
    assert members("AUKUS") == {"USA", "AUS"}
    assert members("ARF") == set(ALL) - {"TWN", "KAZ"}


def test_pacts_and_rivalries_join_two_known_countries():
    for each in (*defence_pacts(), *rivalries()):
        first, second = each.members
        assert first != second
        assert country(first)
        assert country(second)
        assert each.source
        assert each.year >= 2018
    assert ("RUS", "PRK") in [pact.members for pact in defence_pacts() if pact.status is RECALLED]
    assert rivalries()[2].over == ("positional", "ideological")


@pytest.mark.parametrize(
    ("wanted", "remedy"),
    [("CHM", "did you mean CHN"), ("Japan", "did you mean JPN"), ("??", "known: CHN, USA")],
)
def test_an_unknown_country_is_refused_with_the_nearest(wanted, remedy):
    with pytest.raises(InvalidInput, match="is no country with figures here") as caught:
        country(wanted)
    assert remedy in str(caught.value)
    assert repr(wanted) in str(caught.value)


def test_unknown_partners_and_measures_are_refused():
    with pytest.raises(InvalidInput, match="'XYZ' is no country"):
        trade_share("PAK", "XYZ")
    with pytest.raises(InvalidInput, match="'XYZ' is no country"):
        power("XYZ", PowerMeasure.EQUAL)
    with pytest.raises(InvalidInput, match="PAK has no figure 'gpd'; did you mean gdp"):
        figure("PAK", "gpd")
    with pytest.raises(InvalidInput, match="TWN has no figure 'un_ideal_point'"):
        figure("TWN", "un_ideal_point")
