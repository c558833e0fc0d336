"""Bots that negotiate aloud: what they say in whole matches with a person among them.

The long form plays so many matches of each region:
DETENTE_SOLO=200 uv run pytest tests/server/hosting/test_bots_talk.py (about 15 minutes).
"""

import os
from collections import Counter
from collections.abc import Sequence

import pytest

from game_rules.games.stage_games import C
from game_rules.log.events import Event, MessageSaid, ProposalAnswered, ProposalMade
from game_rules.log.sentences import FORMS, Sentence
from game_rules.match.talk import text_of
from game_rules.records.codec import dumps
from game_rules.roles import Seat
from game_rules.scenario_files.scenarios import shipped_scenario
from tests.game_rules.rulesets.second.shipped import NAMES
from tests.server.hosting.solo import Solo

MATCHES = int(os.environ.get("DETENTE_SOLO", "2"))
PAIRS = max(1, MATCHES // 10)
"""How many pairs of matches of a region are laid side by side."""
REPEATED = NAMES if PAIRS > 1 else NAMES[:3]
MOST_UNASKED = 2
ANSWERS = {Sentence.ACCEPT, Sentence.DECLINE, Sentence.COUNTER}

pytestmark = pytest.mark.slow


def solo(name: str, seed: int, *, whispers: bool = False) -> Solo:
    """Play a whole match of a region."""
    return Solo(shipped_scenario(name), str(seed), whispers=whispers).play()


@pytest.fixture(scope="module", params=NAMES)
def played(request: pytest.FixtureRequest) -> list[Solo]:
    """Play matches of each region; two in the short form."""
    return [solo(request.param, seed) for seed in range(MATCHES)]


def by_round(match: Solo) -> dict[int, list[MessageSaid]]:
    """Sort the bots' words."""
    rounds = range(1, len(match.position.history) + 1)
    return {number: [x for x in match.words if x.round == number] for number in rounds}


def test_half_of_the_bots_speak_in_every_round_and_the_person_hears_it(played: list[Solo]):
    heard, rounds = 0, 0
    for match in played:
        for said in by_round(match).values():
            assert len({x.sender for x in said}) * 2 >= len(match.bots)
            shown = {x.sender for x in said if not x.room or match.mine in x.room}
            heard, rounds = heard + (len(shown) * 2 >= len(match.bots)), rounds + 1
    assert heard >= 0.9 * rounds


def test_somebody_proposes_and_somebody_answers_in_nine_matches_of_ten(played: list[Solo]):
    def has_both(match: Solo) -> bool:
        answers = [x for x in match.words if x.sentence is Sentence.ANSWER]
        kinds = Counter(type(event) for event in match.log)
        return bool(kinds[ProposalMade] and (kinds[ProposalAnswered] or answers))

    assert sum(map(has_both, played)) >= 0.9 * len(played)


def test_no_bot_says_a_sentence_twice_within_three_rounds(played: list[Solo]):
    for match in played:
        last = dict[tuple, int]()
        for said in match.words:
            key = (said.sender, said.sentence, said.arguments)
            assert said.round - last.get(key, -9) >= 3, text_of(said, match.position)
            last[key] = said.round


def test_a_bot_says_two_things_a_round_unasked_and_no_more(played: list[Solo]):
    """What answers a question, a call or a proposal was asked for."""
    for match in played:
        for said in by_round(match).values():
            asked = Counter(
                x.arguments.seat
                for x in match.log
                if isinstance(x, MessageSaid)
                and x.round == said[0].round
                and x.sentence in (Sentence.ASK, Sentence.CALL)
            )
            spoken = Counter(x.sender for x in said if x.sentence not in ANSWERS)
            for seat in match.bots:
                assert spoken[seat] <= MOST_UNASKED + asked[seat]


def test_every_question_of_the_person_is_answered_at_once_where_it_was_asked(played: list[Solo]):
    for match in played:
        assert not match.unanswered


def test_nothing_that_a_bot_says_is_refused(played: list[Solo]):
    for match in played:
        assert not [told for told in match.refused if told.startswith("say")]


def test_only_a_realist_breaks_a_promise_of_the_same_round(played: list[Solo]):
    """What was promised before another pact was signed may be overtaken by it, seldom."""
    kept, given = 0, 0
    for match in played:
        for said in match.words:
            sender, about = Seat(said.sender or ""), said.arguments
            if said.sentence is Sentence.PROMISE and match.bots[sender] != "realist":
                results = match.position.history[said.round - 1].results
                (result,) = (x for x in results if x.arena == about.arena)
                kept, given = kept + (result.actions[sender] is C), given + 1
    assert given
    assert kept >= 0.9 * given


def first_difference(one: Sequence[Event], other: Sequence[Event]) -> Event | None:
    """Find what comes in one log where two part."""
    pairs = zip(one, other, strict=False)
    return next((mine for mine, theirs in pairs if mine != theirs), None)


@pytest.mark.parametrize("name", NAMES)
def test_words_tell_no_secret(name: str):
    """Two matches in which the person says and chooses something else where a bot cannot see it.

    What each bot is shown parts by what others did, never by what it said itself.
    """
    for seed in range(3, 3 + PAIRS):
        one, other = (solo(name, seed, whispers=x) for x in (False, True))
        assert one.log != other.log
        for seat in one.bots:
            parted = first_difference(one.seen_by(seat), other.seen_by(seat))
            told = [x for x in (parted,) if isinstance(x, MessageSaid) and x.sender == seat]
            assert not told or one.mine in told[0].room


@pytest.mark.parametrize("name", REPEATED)
def test_a_match_comes_again_to_the_byte(name: str):
    for seed in range(5, 5 + PAIRS):
        one, again = ([dumps(event) for event in solo(name, seed).log] for _ in range(2))
        assert one == again


def test_bots_say_most_of_what_there_is_to_say(played: list[Solo]):
    said = {x.sentence for match in played for x in match.words}
    assert len(said) >= len(FORMS) // 3
