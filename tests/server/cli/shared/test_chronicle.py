"""What happened beside the orders, told a line each."""

from dataclasses import replace

from game_rules.games.stage_games import C, D
from game_rules.log import events as e
from game_rules.scenario.moves import Move, MoveKind, OpenedMove
from game_rules.scenario.pacts import Binding, Breach, Pact, PactTerms, Pledge, Transfer
from game_rules.standing.incidents import Concept, Incident
from server.cli.shared.chronicle import breach_words, chronicle, terms_words
from tests.game_rules.scenes import CHN, JPN, PHL
from tests.server.cli.conftest import Run

TERMS = PactTerms(
    (CHN, JPN, PHL),
    (Pledge(CHN, "forum", C), Pledge(JPN, "forum", C), Pledge(PHL, "strait", D)),
    (),
    2,
    Binding.TREATY,
)
TITLES = {"forum": "The forum", "strait": "The strait"}


def test_a_proposal_that_failed_says_who_declined_and_one_that_stood_says_what_was_agreed():
    log = [
        e.ProposalMade(1, 7, CHN, TERMS, 0),
        e.ProposalAnswered(1, 7, TERMS.parties, JPN, False, 0),
        e.ProposalMade(1, 8, CHN, TERMS, 0),
        e.ProposalAnswered(1, 8, TERMS.parties, JPN, True, 0),
        e.PactConcluded(1, Pact(8, TERMS, 1, 2), 0),
        e.ProposalAnswered(1, 9, TERMS.parties, JPN, False, 0),
        e.ProposalMade(2, 10, CHN, TERMS, 0),
        e.ProposalCountered(2, 10, TERMS.parties, PHL, 11, 0),
    ]
    agreed = "treaty for 2 rounds, C of CHN and JPN in The forum, D of PHL in The strait"
    assert [*chronicle(log, TITLES)] == [
        f"round 1, declined by JPN: CHN proposed {agreed}",
        f"round 1, pact: {agreed}",
        f"round 2, countered by PHL: CHN proposed {agreed}",
    ]


def test_stakes_transfers_and_conditions_are_told():
    told = replace(
        TERMS,
        binding=Binding.ESCROW,
        stake=2.5,
        is_conditional=True,
        transfers=(Transfer(CHN, JPN, 1.0),),
        pledges=TERMS.pledges[:1],
    )
    assert terms_words(told, {}) == (
        "escrow of 2.5 points for 2 rounds, C of CHN in forum, "
        "1 points from CHN to JPN, while all keep it"
    )


def test_a_round_tells_moves_then_breaches_then_incidents():
    move = OpenedMove(CHN, Move(MoveKind.FUND, "forum"), 1.0, takes_effect=True)
    breach = Breach(8, TERMS.parties, PHL, "strait", 2.0, is_public=True)
    spiral = Incident(Concept.SPIRAL, 3, (CHN, JPN), None, {}, "incident.spiral")
    resolved = e.RoundResolved(3, (), {}, 0, incidents=(spiral,), breaches=(breach,), moves=(move,))
    assert [*chronicle([resolved], TITLES)] == [
        "round 3, fund: CHN, forum (-1.0)",
        "round 3, breach: PHL breaks its word in The strait, and forfeits 2",
        "round 3, spiral: CHN and JPN keep defecting while their tension rises",
    ]
    assert breach_words(replace(breach, forfeited=0.0), {}) == "PHL breaks its word in strait"


def test_a_match_shows_pacts_breaches_moves_and_the_outlook_in_80_columns(detente: Run) -> None:
    ran = detente("play", "south_china_sea", "--seed", "7")
    assert max(map(len, ran.out.splitlines())) <= 80
    for word in (
        "pact: ",
        "declined by ",
        "breach: ",
        "exercise: ",
        "crisis: ",
        "Outlook: pessimistic",
    ):
        assert word in ran.out, word
