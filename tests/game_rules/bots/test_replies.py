"""What is answered: by whom, with what by its plans, and in which room."""

from dataclasses import replace
from typing import Any

import pytest

from game_rules.bots.manners import Talk
from game_rules.bots.replies import answered, is_put_to, proposed, replies
from game_rules.games.stage_games import Action, C, D
from game_rules.log.events import ArenaResult, ProposalMade, RoundResolved
from game_rules.log.position import Holder
from game_rules.log.sentences import Sentence, Voice
from game_rules.scenario.pacts import Binding, Transfer
from game_rules.scenario.scenario import Press
from tests.game_rules.bots.talking import HOLDERS, PLAYED_BY_BOTS, kinds, said_by, talk_of
from tests.game_rules.doctrines.stage import a_dyad, see, terms
from tests.game_rules.scenes import CHN, JPN, PHL, Table, a_scenario

S = Sentence
TO_JAPAN: dict[str, Any] = {"seat": JPN, "arena": "dyad"}


def talk(
    own: Action | None = C, name: str = "diplomat", press: Press = Press.FULL, **seen: Any
) -> Talk:
    """Let a bot in Japan talk of its plan in the dyad with a person in China."""
    plan = {} if own is None else {"dyad": own}
    given: dict[str, Any] = {"holders": HOLDERS, **seen}
    view = see(a_dyad(press=press), JPN, **given)
    return talk_of(view, plan, name)


@pytest.mark.parametrize(
    ("sentence", "about", "of_c", "of_d", "without"),
    [
        (S.ASK, TO_JAPAN, S.ANSWER, S.ANSWER, S.REFUSE),
        (S.PROMISE, {"arena": "dyad", "action": C}, S.PROMISE_IF, S.HEARD, S.HEARD),
        (S.PROMISE, {"arena": "dyad", "action": D}, S.THREATEN, S.THREATEN, S.HEARD),
        (S.THREATEN, TO_JAPAN, S.PROMISE_IF, S.THREATEN, S.HEARD),
        (S.ASSURE, TO_JAPAN, S.ASSURE, S.HEARD, S.HEARD),
        (S.CALL, {"seat": JPN, "round": 1}, S.HEARD, S.HEARD, S.HEARD),
        (S.REFUSE, TO_JAPAN, S.HEARD, S.HEARD, S.HEARD),
    ],
)
def test_an_answer_follows_the_plan(
    sentence: Sentence,
    about: dict[str, Any],
    of_c: Sentence,
    of_d: Sentence,
    without: Sentence,
):
    asked = said_by(CHN, sentence, **about)
    for own, expected in ((C, of_c), (D, of_d), (None, without)):
        first = next(replies(talk(own), asked))
        assert (first.sentence, first.room) == (expected, (CHN,))


def test_who_may_bluff_says_that_it_cooperates_or_that_it_will_not_say():
    asked = said_by(CHN, S.ASK, **TO_JAPAN)
    bluff = talk(D, "realist")
    told = next(replies(replace(bluff, draw=lambda *_: 0.4), asked))
    assert (told.sentence, told.arguments.action) == (S.ANSWER, C)
    assert next(replies(replace(bluff, draw=lambda *_: 0.6), asked)).sentence is S.REFUSE


def test_whoever_has_said_all_that_fits_asks_in_arenas_of_both():
    lines = tuple(replies(talk(), said_by(PHL, S.HEARD, (JPN, PHL), seat=JPN)))
    assert kinds(lines) == [S.HEARD, S.HEARD]
    assert [x.arguments.voice for x in lines] == [Voice.LIBERAL, None]
    both = tuple(replies(talk(), said_by(CHN, S.HEARD, seat=JPN)))
    assert kinds(both) == [S.HEARD, S.ASK, S.HEARD, S.ASK]


def test_an_ally_in_another_arena_is_not_told_of_this_one():
    view = see(a_dyad(), JPN, holders=HOLDERS)
    allied = replace(view.arenas[0], is_alliance=True)
    shared = see(a_dyad(), JPN, holders=HOLDERS, arenas=(allied,))
    called = said_by(CHN, S.CALL, seat=JPN, round=1)
    assert next(replies(talk_of(shared, {"dyad": C}), called)).sentence is S.ANSWER
    from_elsewhere = said_by(PHL, S.CALL, (JPN, PHL), seat=JPN, round=1)
    assert next(replies(talk_of(shared, {"dyad": C}), from_elsewhere)).sentence is S.HEARD


def test_an_accusation_is_answered_by_what_the_other_did_before():
    def round_(number: int, theirs: Action) -> RoundResolved:
        actions = {JPN: D, CHN: theirs}
        results = (ArenaResult("forum", actions, {}, {}), ArenaResult("dyad", actions, {}, {}))
        return RoundResolved(number, results, {}, 0)

    accused = said_by(CHN, S.ACCUSE, **TO_JAPAN, round=2)
    line = next(replies(talk(history=(round_(1, D), round_(2, C))), accused))
    assert (line.sentence, line.arguments.round, line.arguments.action) == (S.EXPLAIN, 1, D)
    unprovoked = talk(history=(round_(1, C), round_(2, C)))
    assert next(replies(unprovoked, accused)).sentence is S.HEARD


def test_it_is_for_who_is_named_or_the_only_one_told():
    at = talk()
    assert is_put_to(at, said_by(CHN, S.ASK, **TO_JAPAN))
    assert not is_put_to(at, said_by(CHN, S.ASK, (), seat=PHL, arena="dyad"))
    assert is_put_to(at, said_by(CHN, S.REACT, arena="dyad", round=1))
    assert is_put_to(at, said_by(CHN, None))
    assert not is_put_to(at, said_by(CHN, None, (CHN, JPN, PHL)))


def test_what_is_said_to_all_is_for_the_heaviest_bot_of_its_arena():
    table = Table(a_scenario()).start()
    about = {"arena": "forum", "round": 1}
    for seat, holders in ((JPN, HOLDERS), (PHL, {**HOLDERS, JPN: HOLDERS[CHN]})):
        for room in ((), (CHN, JPN, PHL)):
            asked = said_by(CHN, S.REACT, room, **about)
            put_to = {
                each: is_put_to(talk_of(see(table, each, holders=holders)), asked)
                for each in (JPN, PHL)
            }
            assert [x for x in put_to if put_to[x]] == [seat]
    assert not is_put_to(talk(), said_by(CHN, S.REACT, (), arena="gone", round=1))


def test_bots_answer_questions_and_calls_of_each_other_only():
    among_bots = talk(holders={CHN: Holder(is_bot=True, strategy="realist"), **PLAYED_BY_BOTS})
    assert is_put_to(among_bots, said_by(CHN, S.ASK, **TO_JAPAN))
    assert not is_put_to(among_bots, said_by(CHN, S.THREATEN, **TO_JAPAN))
    assert not is_put_to(talk(holders=PLAYED_BY_BOTS), said_by(CHN, S.ASK, **TO_JAPAN))


def test_a_proposal_is_put_in_words_and_an_offer_of_points_by_who_pays():
    plain = terms(CHN, JPN, rounds=3)
    (line,) = proposed(talk(), ProposalMade(1, 1, JPN, plain, 0), is_first=True)
    assert (line.sentence, line.room) == (S.PROPOSE, (CHN,))
    assert (line.arguments.binding, line.arguments.round) == (Binding.TREATY, 3)
    paid = replace(plain, transfers=(Transfer(CHN, JPN, 1.0), Transfer(JPN, CHN, 2.0)))
    offer, _ = proposed(talk(), ProposalMade(1, 1, JPN, paid, 0), is_first=True)
    assert (offer.sentence, offer.arguments.seat, offer.arguments.number) == (S.OFFER, CHN, 2.0)


def test_a_pact_is_said_to_last_no_longer_than_the_match():
    (line,) = proposed(
        talk(), ProposalMade(1, 1, JPN, terms(CHN, JPN, rounds=12), 0), is_first=True
    )
    assert line.arguments.round == 9


def test_a_second_proposal_of_a_round_is_put_in_words_to_people_alone():
    made = ProposalMade(1, 1, JPN, terms(CHN, JPN), 0)
    assert [*proposed(talk(), made, is_first=False)]
    assert not [*proposed(talk(holders=PLAYED_BY_BOTS), made, is_first=False)]


def test_an_answer_goes_to_who_proposed_and_to_all_where_talk_is_public():
    lines = tuple(answered(talk(), S.DECLINE, CHN, terms(CHN, JPN)))
    assert kinds(lines) == [S.DECLINE, S.DECLINE]
    assert [x.arguments.voice for x in lines] == [Voice.LIBERAL, None]
    assert lines[0].room == (CHN,)
    (plain,) = answered(talk(name="hedger"), S.ACCEPT, CHN, terms(CHN, JPN))
    assert plain.arguments.seat == CHN
    public = next(answered(talk(press=Press.PUBLIC), S.ACCEPT, CHN, terms(CHN, JPN)))
    assert public.room == ()
