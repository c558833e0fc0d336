"""Suggestions for names that are not known."""

from game_rules.nearest import nearest


def test_a_misspelled_name_gets_its_neighbours():
    assert nearest("prisoner_dilemma", ["prisoners_dilemma", "chicken"]) == (
        "did you mean prisoners_dilemma?"
    )
    assert nearest("row1", ["row2", "row3"]) == "did you mean row3 or row2?"


def test_case_does_not_matter():
    assert nearest("pak", ["PAK", "CHN"]) == "did you mean PAK?"


def test_other_spellings_lead_to_the_name_itself_once():
    assert nearest("Pakistn", ["PAK"], {"Pakistan": "PAK", "Pakistan ": "PAK"}) == (
        "did you mean PAK?"
    )


def test_without_a_neighbour_some_names_are_listed():
    many = [f"name{i}" for i in range(20)]
    assert nearest("q", ["a", "b"]) == "known: a, b"
    assert nearest("q", many).endswith("name11, ...")


def test_a_very_long_name_costs_nothing():
    assert nearest("x" * 1_000_000, ["a"]) == "known: a"
