"""What a rehearsal measured, and the verdict in words."""

from hypothesis import given
from hypothesis import strategies as st

from client.rehearsal.tally import Report, Tally, spread

ANN_AND_BEN = frozenset({"ann", "ben"})


def report(bots: int = 2, **changes: object) -> Report:
    """A rehearsal that went well, but for the changes."""
    tally = Tally(finished=2, rounds={("m", 1)}, answers_ms=[5.0], reveals_ms=[10.0] * 20)
    for name, value in changes.items():
        setattr(tally, name, value)
    return Report(bots, 1.0, tally)


@given(st.lists(st.floats(0, 1e6), min_size=1))
def test_a_spread_is_of_values_that_were_measured_and_in_order(values: list[float]):
    figures = spread(values)
    shown = [figures.p50, figures.p95, figures.p99, figures.most]
    assert all(value in values for value in shown)
    assert shown == sorted(x for x in shown if x is not None)
    assert figures.p50 is not None
    assert sum(value <= figures.p50 for value in values) * 2 >= len(values)


def test_a_reveal_is_timed_from_the_last_choice_of_its_match():
    tally = Tally()
    tally.note_choice("m", 1, "ann", 1.0)
    tally.note_choice("m", 1, "ben", 3.0)
    tally.note_choice("other", 1, "cem", 4.0)
    tally.note_reveal("m", 1, ANN_AND_BEN, 3.25)
    assert tally.reveals_ms == [250.0]


def test_a_round_in_which_somebody_did_not_choose_is_not_timed():
    tally = Tally()
    tally.note_choice("m", 1, "ann", 1.0)
    tally.note_reveal("m", 1, ANN_AND_BEN, 90.0)
    tally.note_reveal("m", 2, frozenset(), 90.0)
    assert (tally.reveals_ms, len(tally.rounds)) == ([], 2)


def test_a_rehearsal_that_went_well_is_ready_for_class():
    good = report()
    assert good.is_good
    assert good.verdict.startswith("Ready for class: nothing failed, all played to the end")
    assert "within 10 ms" in good.verdict


def test_slow_is_told_apart_from_too_slow():
    felt, slow = report(reveals_ms=[151.0]), report(reveals_ms=[1001.0])
    assert (felt.is_good, felt.verdict.split(",")[0]) == (False, "Playable")
    assert (slow.is_good, slow.verdict.split(":")[0]) == (False, "Too slow for this class")


def test_any_problem_is_the_verdict_however_fast_it_was():
    bad = report(problems=["Bot 001: it broke", "Bot 002: it too"])
    assert not bad.is_good
    assert bad.verdict == "Not ready: failures: 2, the first: Bot 001: it broke"


def test_bots_that_did_not_get_to_the_end_are_counted():
    assert report(bots=5).verdict == "Not ready: 3 of 5 bots did not get to the end"
    assert report(rounds=set()).verdict.startswith("Not ready")


def test_what_was_not_measured_is_not_called_fast():
    unknown = report(reveals_ms=[])
    assert not unknown.is_good
    assert unknown.verdict.startswith("Not known")


def test_the_document_holds_every_figure():
    document = report(lost_lines=1).to_json()
    assert document["choice_to_reveal_ms"] == {
        "count": 20,
        "p50": 10.0,
        "p95": 10.0,
        "p99": 10.0,
        "max": 10.0,
    }
    assert (document["bots"], document["lost_lines"], document["is_good"]) == (2, 1, True)
