"""What a bot says of itself: of its plans, of the past, of pacts, news and its allies."""

from dataclasses import replace
from typing import Any

from game_rules.bots.openings import openings
from game_rules.games.stage_games import Action, C, D
from game_rules.log.events import ArenaResult, RoundResolved
from game_rules.log.position import OpenedInject
from game_rules.log.sentences import Sentence
from game_rules.match.talk import SaySentence
from game_rules.roles import Seat
from game_rules.scenario.injects import Inject
from game_rules.scenario.pacts import Binding, Breach
from game_rules.scenario.scenario import CRISIS, Press
from tests.game_rules.bots.talking import kinds, talk_of
from tests.game_rules.doctrines.stage import a_dyad, see, terms
from tests.game_rules.scenes import CHN, JPN, PHL, an_arena

S = Sentence


def played(number: int, own: Action, other: Action, *breaches: Breach) -> RoundResolved:
    """Resolve a round in which Japan and China played something."""
    result = ArenaResult("dyad", {JPN: own, CHN: other}, {}, {})
    return RoundResolved(number, (result,), {}, 0, breaches=breaches)


def said(
    own: Action | None = C, name: str = "diplomat", press: Press = Press.FULL, **seen: Any
) -> tuple[SaySentence, ...]:
    """Give all that a bot in Japan would say, what it wants to say most first."""
    plan = {} if own is None else {"dyad": own}
    return tuple(openings(talk_of(see(a_dyad(press=press), JPN, **seen), plan, name)))


def only(lines: tuple[SaySentence, ...], sentence: Sentence) -> SaySentence:
    """Find the one line of a kind."""
    (line,) = (x for x in lines if x.sentence is sentence)
    return line


def test_who_plans_to_cooperate_promises_and_who_does_not_says_so_seldom():
    promise = only(said(C), S.PROMISE)
    assert (promise.arguments.action, promise.room) == (C, ())
    openly = said(D)
    assert only(openly, S.ANSWER).arguments.action is D
    assert openly[-1].sentence is S.ANSWER
    assert not {S.PROMISE, S.PROMISE_IF} & {*kinds(openly)}


def test_without_a_plan_nothing_is_said_of_plans():
    assert not {S.PROMISE, S.PROMISE_IF, S.ANSWER} & {*kinds(said(None))}


def test_a_manner_likes_other_sentences():
    def threatens_before_it_asks(name: str) -> bool:
        told = kinds(said(name=name))
        return told.index(S.THREATEN) < told.index(S.ASK)

    assert threatens_before_it_asks("grudger")
    assert not threatens_before_it_asks("hedger")


def test_only_a_rival_is_assured_that_nothing_is_aimed_at_it():
    table = a_dyad(rivals=((CHN, JPN),))
    lines = tuple(openings(talk_of(see(table, JPN), {"dyad": C})))
    assert only(lines, S.ASSURE).arguments.seat == CHN
    assert S.ASSURE not in kinds(said())


def test_others_are_greeted_in_the_first_round_only():
    assert only(said(), S.GREET).arguments.seat == CHN
    assert S.GREET not in kinds(said(round=2))


def test_cooperation_is_thanked_for_and_a_defection_that_answered_one_explained():
    thanks = only(said(round=2, history=(played(1, C, C),)), S.THANK)
    assert (thanks.arguments.seat, thanks.arguments.round) == (CHN, 1)
    explained = only(said(round=3, history=(played(1, C, D), played(2, D, C))), S.EXPLAIN)
    assert (explained.arguments.round, explained.arguments.action) == (1, D)
    unprovoked = said(round=3, history=(played(1, C, C), played(2, D, C)))
    assert not {S.EXPLAIN, S.THANK} & {*kinds(unprovoked)}
    assert S.EXPLAIN not in kinds(said(round=2, history=(played(1, D, C),)))


def test_of_a_round_that_it_did_not_play_it_says_nothing():
    of_others = ArenaResult("dyad", {CHN: C}, {}, {})
    lines = said(round=2, history=(RoundResolved(1, (of_others,), {}, 0),))
    assert S.THANK not in kinds(lines)


def breach(seat: Seat = CHN, parties: tuple[Seat, ...] = (CHN, JPN), *, is_public: bool = True):
    """Make a breach of the last round."""
    return Breach(1, parties, seat, "dyad", 0.0, is_public=is_public)


def test_who_broke_its_word_is_accused_first_before_those_who_know():
    public = said(round=2, history=(played(1, C, D, breach()),))
    assert public[0].sentence is S.ACCUSE
    assert (public[0].room, public[0].arguments.seat) == ((), CHN)
    secret = played(1, C, D, breach(is_public=False))
    assert only(said(round=2, history=(secret,)), S.ACCUSE).room == (CHN,)
    assert only(said(press=Press.PUBLIC, round=2, history=(secret,)), S.ACCUSE).room == ()


def test_nobody_accuses_itself_or_for_others():
    for mine in (breach(JPN), breach(CHN, (CHN, PHL))):
        assert S.ACCUSE not in kinds(said(round=2, history=(played(1, C, D, mine),)))


def test_a_doubted_party_is_warned_to_keep_a_pact_before_those_who_know():
    def warned(binding: Binding, trust: float = 0.5) -> list[SaySentence]:
        lines = said(trust={CHN: trust}, pacts=(terms(CHN, JPN, binding=binding),))
        return [x for x in lines if x.sentence is S.WARN]

    assert [(x.room, x.arguments.seat) for x in warned(Binding.TREATY)] == [((), CHN)]
    assert [x.room for x in warned(Binding.COMMUNIQUE)] == [(CHN,)]
    assert not warned(Binding.TREATY, 0.9)
    others = said(trust={CHN: 0.5}, pacts=(terms(CHN, PHL),))
    assert S.WARN not in kinds(others)


def test_news_is_reacted_to_in_the_round_in_which_it_comes():
    news = OpenedInject(Inject("storm", "Storm", "It blows.", 1), 1, 1)
    assert only(said(injects=(news,)), S.REACT).arguments.arena == "dyad"
    assert S.REACT not in kinds(said(injects=(replace(news, is_closed=True),)))
    assert S.REACT not in kinds(said(round=2, injects=(news,)))


def test_in_a_crisis_of_its_own_a_bot_calls_on_its_allies_first():
    view = see(a_dyad(), JPN)
    (dyad,) = view.arenas
    crisis = an_arena(f"{CRISIS}chn_jpn", (CHN, JPN), dyad.game)
    pact = replace(an_arena("pact", (JPN, PHL), dyad.game), is_alliance=True)
    at_peace = see(a_dyad(), JPN, arenas=(dyad, pact))
    assert S.CALL not in kinds(tuple(openings(talk_of(at_peace))))
    pressed = see(a_dyad(), JPN, arenas=(dyad, crisis, pact))
    first, *rest = openings(talk_of(pressed))
    assert (first.sentence, first.arguments.seat) == (S.CALL, PHL)
    assert S.CALL not in kinds(tuple(rest))
