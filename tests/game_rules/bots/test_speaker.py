"""What bots say: words follow plans, answer what was said, and change no order."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.bots.casts import DOCTRINES
from game_rules.bots.manners import MANNERS
from game_rules.bots.speaker import MOST_ANSWERS, Speaker
from game_rules.games.stage_games import C, D, collective
from game_rules.log.events import Act, Event, MessageSaid, Phase
from game_rules.log.evolve import fold
from game_rules.log.sentences import Arguments, Sentence, Voice
from game_rules.match.commands import EndMatch, PauseMatch, Say, SaySentence
from game_rules.match.pacts import CounterProposal, Propose
from game_rules.match.visibility import redact
from game_rules.roles import Actor, Role, Seat, seated
from game_rules.scenario.pacts import Binding
from game_rules.scenario.scenario import Press, Scenario
from game_rules.scenario_files.scenarios import shipped_scenario
from tests.game_rules.bots.talking import kinds
from tests.game_rules.doctrines.stage import terms
from tests.game_rules.rulesets.second.shipped import NAMES
from tests.game_rules.scenes import CHN, JPN, PHL, TERMS, Table, a_scenario, person

STRAIT = Arguments(JPN, "strait")


def without_words(log: tuple[Event, ...]) -> list[Event]:
    """Leave out what was said."""
    return [event for event in log if not isinstance(event, MessageSaid)]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_words_change_nothing_that_bots_do(name: str):
    scenario = replace(shipped_scenario(name), rounds=4)
    bots = {seat: DOCTRINES[place % 5] for place, seat in enumerate(scenario.seats)}
    spoken = play_bot_match(scenario, bots, "7", speak=True)
    silent = play_bot_match(scenario, bots, "7")
    assert without_words(spoken) == list(silent)
    assert len(spoken) > len(silent) + len(bots)


def test_rules_1_and_matches_without_talk_stay_silent():
    bots = {CHN: "diplomat", JPN: "realist", PHL: "liberal"}
    silent = a_scenario(press=Press.NONE)
    assert play_bot_match(silent, bots, "7", speak=True) == play_bot_match(silent, bots, "7")
    first = a_scenario()
    assert play_bot_match(first, bots, "7", 1, speak=True) == play_bot_match(first, bots, "7", 1)


def test_where_all_talk_is_public_nobody_whispers():
    bots = {CHN: "hedger", JPN: "realist", PHL: "diplomat"}
    log = play_bot_match(a_scenario(press=Press.PUBLIC), bots, "7", speak=True)
    said = [event for event in log if isinstance(event, MessageSaid)]
    assert {x.sentence for x in said} >= {Sentence.PROPOSE}
    assert all(not x.room for x in said)


def test_only_a_realist_bluffs():
    assert [name for name, manner in MANNERS.items() if manner.bluffs] == ["realist"]


def test_the_manual_tells_everybodys_manner():
    rows = (Path(__file__).parents[3] / "docs/bots.md").read_text(encoding="utf-8").splitlines()
    for name, manner in MANNERS.items():
        likes = ", ".join(f"`{sentence}`" for sentence in manner.likes)
        bluffs = "yes" if manner.bluffs else "no"
        assert f"| `{name}` | {manner.voice or 'plain'} | {bluffs} | {likes} |" in rows


class Talked:
    """A bot on the seat of Japan, spoken to by people."""

    def __init__(self, name: str, scenario: Scenario | None = None, seed: str = "7") -> None:
        self.table = Table(scenario or a_scenario()).seat(CHN, PHL).bots(JPN).start()
        self.table.skip_to(Phase.NEGOTIATION)
        self.bot, self._heard = Speaker(JPN, name, seed), 0

    def listen(self) -> None:
        """Let the bot hear what is new."""
        new, self._heard = self.table.log[self._heard :], len(self.table.log)
        for event in new:
            if (seen := redact(event, seated(JPN), self.table.position.scenario)) is not None:
                self.bot.hear(seen)

    def answer(self) -> tuple[SaySentence, ...]:
        """Let the bot say what is due."""
        self.listen()
        seen = [redact(x, seated(JPN), self.table.position.scenario) for x in self.table.log]
        lines = self.bot.lines(fold([x for x in seen if x is not None]))
        for line in lines:
            self.table.do(line, Actor(Role.PLAYER, JPN))
        self.listen()
        return lines

    def tell(self, sentence: Sentence, room: tuple[Seat, ...] = (JPN,), /, **about: Any):
        """Say a sentence for China; give what the bot answers to it."""
        arguments = Arguments(**about)
        self.table.do(SaySentence(room, sentence, arguments), person(CHN))
        return self.answer()


ASKED: dict[str, Any] = {"seat": JPN, "arena": "strait"}
OF_ROUND: dict[str, Any] = {"arena": "strait", "round": 1}


@pytest.mark.parametrize(
    ("bot", "sentence", "about", "answer"),
    [
        ("cooperator", Sentence.GREET, {"seat": JPN}, Sentence.GREET),
        ("cooperator", Sentence.FAREWELL, {"seat": JPN}, Sentence.FAREWELL),
        ("cooperator", Sentence.ASK, ASKED, Sentence.ANSWER),
        ("cooperator", Sentence.WARN, {**ASKED, "round": 1}, Sentence.ANSWER),
        ("cooperator", Sentence.PROMISE_IF, ASKED, Sentence.ANSWER),
        ("cooperator", Sentence.OFFER, {**ASKED, "number": 1.0}, Sentence.ANSWER),
        ("cooperator", Sentence.PROMISE, {**OF_ROUND, "action": C}, Sentence.PROMISE_IF),
        ("cooperator", Sentence.PROMISE, {**OF_ROUND, "action": D}, Sentence.THREATEN),
        ("cooperator", Sentence.THREATEN, ASKED, Sentence.PROMISE_IF),
        ("cooperator", Sentence.ASSURE, ASKED, Sentence.ASSURE),
        ("cooperator", Sentence.THANK, {**ASKED, "round": 1}, Sentence.PROMISE_IF),
        ("cooperator", Sentence.ACCUSE, {**ASKED, "round": 1}, Sentence.HEARD),
        ("cooperator", Sentence.CALL, {"seat": JPN, "round": 1}, Sentence.HEARD),
        ("cooperator", Sentence.HEARD, {"seat": JPN}, Sentence.HEARD),
        ("realist", Sentence.ACCEPT, {"seat": JPN, "round": 1, "binding": Binding.TREATY}, None),
    ],
)
def test_a_sentence_is_answered_where_it_was_said(
    bot: str, sentence: Sentence, about: dict[str, Any], answer: Sentence | None
):
    (line,) = Talked(bot).tell(sentence, **about)
    assert line.sentence is (answer or Sentence.HEARD)
    assert line.room == (CHN,)
    assert Talked(bot).tell(sentence, (), **about)[0].room == ()


def test_an_answer_says_what_the_bot_will_play():
    (line,) = Talked("cooperator").tell(Sentence.ASK, **ASKED)
    assert line.arguments == Arguments(arena="strait", action=C, round=1)


def test_who_may_bluff_does_not_say_that_it_defects_and_whoever_may_not_does():
    harsh = a_scenario(rivals=((CHN, JPN),))
    answers = dict[str, set]()
    for seed in map(str, range(12)):
        for name in ("realist", "diplomat"):
            (line,) = Talked(name, harsh, seed).tell(Sentence.ASK, **ASKED)
            answers.setdefault(name, set()).add((line.sentence, line.arguments.action))
    assert (Sentence.ANSWER, D) not in answers["realist"]
    assert (Sentence.REFUSE, None) in answers["realist"]
    assert all(
        sentence is Sentence.ANSWER or action is None for sentence, action in answers["diplomat"]
    )


def test_an_ally_that_calls_is_told_whether_it_is_helped():
    plain = a_scenario()
    game = collective((1.0, 1.0), TERMS, theta=1.0)
    pact = replace(plain.arenas[0], game=game, is_alliance=True)
    allied = replace(plain, arenas=(pact, plain.arenas[1]), rivals=())
    lines = Talked("cooperator", allied).tell(Sentence.CALL, seat=JPN, round=1)
    assert kinds(lines) == [Sentence.ANSWER]


def test_a_bot_answers_what_is_put_to_it_and_nothing_else():
    talked = Talked("cooperator")
    assert talked.tell(Sentence.ASK, (), seat=PHL, arena="forum") == ()
    talked.table.do(Say((), "Good morning.", Act.PROMISE), person(CHN))
    talked.table.do(Say((JPN,), "Good morning."), person(CHN))
    talked.table.do(SaySentence((JPN,), Sentence.GREET, Arguments(JPN)))
    assert talked.answer() == ()
    talked.table.do(Say((JPN,), "We will hold back.", Act.PROMISE), person(CHN))
    assert kinds(talked.answer()) == [Sentence.HEARD]


def test_what_is_said_to_all_is_answered_by_one_bot_of_that_arena():
    talked = Talked("cooperator")
    assert kinds(talked.tell(Sentence.REACT, (), **OF_ROUND)) == [Sentence.HEARD]
    assert Talked("cooperator").tell(Sentence.REACT, (PHL,), arena="forum", round=1) == ()


def test_nobody_can_make_a_bot_flood():
    talked, lines = Talked("cooperator"), []
    for _ in range(20):
        lines += talked.tell(Sentence.ASK, **ASKED)
    assert len(lines) == MOST_ANSWERS
    assert len({(x.sentence, x.arguments) for x in lines}) == MOST_ANSWERS


def test_what_did_not_arrive_is_said_again():
    talked = Talked("cooperator")
    talked.table.do(SaySentence((JPN,), Sentence.ASK, STRAIT), person(CHN))
    talked.listen()
    lost = talked.bot.lines(talked.table.position)
    assert talked.bot.lines(talked.table.position) == ()
    talked.bot.forget()
    assert talked.answer() == lost
    assert talked.answer() == ()


def test_after_a_restart_a_bot_knows_from_the_log_what_it_answered():
    talked = Talked("cooperator")
    talked.tell(Sentence.ASK, **ASKED)
    talked.bot, talked._heard = Speaker(JPN, "cooperator", "7"), 0
    assert talked.answer() == ()


def test_after_a_restart_a_bot_knows_from_the_log_that_it_spoke():
    talked = Talked("cooperator")
    for line in talked.bot.opening(talked.table.position):
        talked.table.do(line, Actor(Role.PLAYER, JPN))
    assert talked.answer() == ()
    talked.bot, talked._heard = Speaker(JPN, "cooperator", "7"), 0
    assert talked.answer() == ()
    assert talked.bot.opening(talked.table.position) == ()


def test_a_counter_proposal_is_said_to_who_proposed():
    talked, told = Talked("diplomat"), terms(CHN, JPN, arena="strait")
    talked.table.do(Propose(1, told), person(CHN))
    (made,) = talked.table.position.proposals
    shorter = replace(told, rounds=1)
    talked.table.do(CounterProposal(1, made.number, shorter), Actor(Role.PLAYER, JPN))
    (line,) = talked.answer()
    assert (line.sentence, line.room) == (Sentence.COUNTER, (CHN,))
    assert (line.arguments.binding, line.arguments.round) == (Binding.TREATY, 1)


def test_out_of_its_round_a_bot_answers_without_a_plan_and_in_a_pause_not_at_all():
    talked = Talked("cooperator")
    talked.table.skip_to(Phase.REVEAL)
    assert kinds(talked.tell(Sentence.ASK, **ASKED)) == [Sentence.REFUSE]
    talked.table.do(SaySentence((JPN,), Sentence.GREET, Arguments(JPN)), person(CHN))
    talked.table.do(PauseMatch())
    assert talked.answer() == ()
    talked.table.do(EndMatch())
    assert talked.answer() == ()


def test_a_bot_without_a_manner_says_nothing():
    talked = Talked("defector")
    assert talked.tell(Sentence.ASK, **ASKED) == ()
    assert talked.bot.opening(talked.table.position) == ()


def test_voices_are_those_of_the_doctrines():
    (line,) = Talked("realist").tell(Sentence.GREET, seat=JPN)
    assert line.arguments.voice is Voice.REALIST
