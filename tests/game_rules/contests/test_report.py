"""Results as one JSON document."""

import json

import pytest

from game_rules import RULES_VERSION
from game_rules.contests.exact import expect
from game_rules.contests.report import document, exact_document, matches
from game_rules.contests.results import play
from tests.game_rules.contests.fakes import contest


def test_a_document_tells_what_was_played_and_what_came_out():
    played = contest("tit_for_tat", "alternator", turns=5, seed="7")
    told = document(play(played))
    assert json.loads(json.dumps(told)) == told
    assert told["rules_version"] == RULES_VERSION
    assert told["seed"] == "7"
    assert told["entrants"] == ["tit_for_tat", "alternator"]
    assert told["payoff_matrix"] == [[3, 2.6], [2.6, 2.2]]
    first = told["standings"][0]
    assert (first["strategy"], first["score"], first["rank"]) == ("tit_for_tat", 2.8, 1)
    assert first["ci95"] == [2.8, 2.8]
    assert first["tied_with"] == []


def test_every_match_is_listed_with_its_actions():
    listed = matches(contest("tit_for_tat", "alternator", turns=5, repetitions=2))
    assert len(listed) == 6
    assert listed[3] == {
        "a": "tit_for_tat",
        "b": "alternator",
        "repetition": 1,
        "actions_a": "CCDCD",
        "actions_b": "CDCDC",
        "score_a": 13,
        "score_b": 13,
    }


def test_pairs_that_did_not_meet_are_null():
    told = document(play(contest("tit_for_tat", "alternator", has_self_play=False)))
    assert told["payoff_matrix"][0][0] is None


def test_one_lucky_repetition_has_no_interval():
    assert document(play(contest("random", "cooperator")))["standings"][0]["ci95"] is None


def test_an_exact_document_has_scores_of_whole_matches():
    told = exact_document(expect(contest("tit_for_tat", turns=100, noise=0.05)))
    assert told["is_exact"]
    assert told["score_matrix"] == [[pytest.approx(232.934, abs=5e-4)]]
