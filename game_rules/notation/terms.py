"""The terms of a pact in a notation.

`treaty for 3 rounds among CHN, VNM: CHN fisheries C, CHN pays VNM 0.5, stake 2, conditional`
"""

from game_rules.games.stage_games import Action
from game_rules.notation.words import Scanner
from game_rules.roles import Seat
from game_rules.scenario.pacts import Binding, PactTerms, Pledge, Transfer


def write_terms(terms: PactTerms) -> str:
    """Write the terms of a pact."""
    rounds = f"{terms.rounds} {'round' if terms.rounds == 1 else 'rounds'}"
    clauses = [f"{x.seat} {x.arena} {x.action.value}" for x in terms.pledges]
    clauses += [f"{x.giver} pays {x.taker} {_number(x.points)}" for x in terms.transfers]
    clauses += [f"stake {_number(terms.stake)}"] if terms.stake else []
    clauses += ["conditional"] if terms.is_conditional else []
    head = f"{terms.binding.value} for {rounds} among {', '.join(terms.parties)}"
    return f"{head}: {', '.join(clauses)}" if clauses else head


def read_terms(words: Scanner) -> PactTerms:
    """Read the terms of a pact. Raises InvalidInput."""
    binding = words.one_of(Binding, "the level of a pact")
    words.need("for")
    rounds = int(words.amount("the number of rounds"))
    if not words.take_word("round"):
        words.need("rounds")
    words.need("among")
    parties = read_seats(words)
    pledges: list[Pledge] = []
    transfers: list[Transfer] = []
    stake, is_conditional = 0.0, False
    has_more = words.take(":")
    while has_more:
        if words.take_word("conditional"):
            is_conditional = True
        elif words.take_word("stake"):
            stake = words.amount("the stake")
        else:
            _read_clause(words, pledges, transfers)
        has_more = words.take(",")
    return PactTerms(
        parties, tuple(pledges), tuple(transfers), rounds, binding, stake, is_conditional
    )


def read_seats(words: Scanner) -> tuple[Seat, ...]:
    """Read seats with commas between them."""
    seats = [Seat(words.word("a seat"))]
    while words.take(","):
        seats.append(Seat(words.word("a seat")))
    return tuple(seats)


def read_action(words: Scanner) -> Action:
    """Read C or D. Raises InvalidInput for anything else."""
    return words.one_of(Action, "C (cooperate) or D (defect)")


def _read_clause(words: Scanner, pledges: list[Pledge], transfers: list[Transfer]) -> None:
    seat = Seat(words.word("a seat"))
    if words.take_word("pays"):
        taker = Seat(words.word("a seat"))
        transfers.append(Transfer(seat, taker, words.amount("the points")))
    else:
        arena = words.word("an arena")
        pledges.append(Pledge(seat, arena, read_action(words)))


def _number(value: float) -> str:
    """Write a number of points, whole ones without a point.

    >>> _number(2.0), _number(0.25)
    ('2', '0.25')
    """
    return repr(int(value)) if value == int(value) else repr(value)
