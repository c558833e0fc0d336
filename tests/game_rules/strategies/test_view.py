"""A bot sees one arena of a redacted position, and nothing else."""

from dataclasses import fields, replace

import pytest

from game_rules import RULES_VERSION
from game_rules.games.laboratory import first_cooperation
from game_rules.games.stage_games import Action, Bimatrix, C, D, Terms, collective, symmetric
from game_rules.log.events import ArenaResult, OrderSource, RoundResolved
from game_rules.log.position import Position
from game_rules.roles import Seat
from game_rules.scenario.scenario import (
    Arena,
    Domain,
    MissingOrder,
    PhaseSeconds,
    Player,
    PowerMeasure,
    Press,
    Scenario,
)
from game_rules.strategies import arena_view, strategies, strategy

CHINA, JAPAN, INDIA, NEPAL = (Seat(name) for name in ("CHN", "JPN", "IND", "NPL"))
FORUM = Arena(
    name="forum",
    title="Forum",
    about="",
    domain=Domain.SECURITY,
    members=(CHINA, JAPAN, INDIA, NEPAL),
    game=collective((4, 3, 2, 1), Terms(b=4, c=1, e=0.5, g=1, d=0.5, sigma=0.5)),
    exclusive=0.0,
    overrides=(),
)
BORDER = replace(FORUM, name="border", members=(CHINA, INDIA), game=symmetric(5, 3, 1, 0))


def position(*rounds: dict[str, str], continuation: float = 1.0) -> Position:
    """A position after rounds, each given as actions by arena, in member order."""
    seats = (CHINA, JAPAN, INDIA, NEPAL)
    scenario = Scenario(
        name="test",
        title="",
        summary="",
        briefing=(),
        questions=(),
        players=tuple(Player(seat, seat, "", {}) for seat in seats),
        arenas=(FORUM, BORDER),
        rivals=(),
        rounds=10,
        continuation=continuation,
        seconds=PhaseSeconds(0, 0, 0, 0),
        press=Press.NONE,
        missing_order=(MissingOrder.DEFECT,),
        shows_ready=False,
        power=PowerMeasure.EQUAL,
    )
    history = tuple(resolved(number, row) for number, row in enumerate(rounds, start=1))
    return Position(scenario, RULES_VERSION, seed=None, pace=None, history=history)


def resolved(number: int, row: dict[str, str]) -> RoundResolved:
    arenas = {"forum": FORUM, "border": BORDER}
    return RoundResolved(
        round=number,
        results=tuple(result(arenas[name], letters) for name, letters in row.items()),
        gains={},
        at_ms=0,
    )


def result(arena: Arena, letters: str) -> ArenaResult:
    actions = tuple(Action(letter) for letter in letters)
    return ArenaResult(
        arena=arena.name,
        actions=dict(zip(arena.members, actions, strict=True)),
        sources=dict.fromkeys(arena.members, OrderSource.ORDERED),
        payoffs=dict(zip(arena.members, arena.game.payoffs(actions), strict=True)),
    )


def test_the_first_round_shows_an_empty_past():
    view = arena_view(position(), JAPAN, FORUM, "7")
    assert (view.round, view.turn, view.own, view.others) == (1, 1, (), ())


def test_a_view_shows_own_and_others_pasts_of_its_arena_alone():
    view = arena_view(
        position({"forum": "CDCC", "border": "DD"}, {"forum": "DDCD", "border": "CD"}),
        CHINA,
        BORDER,
        "7",
    )
    assert view.own == (D, C)
    assert view.others == (D, D)
    assert view.payoffs == (1, 0)
    assert [member.seat for member in view.members] == [INDIA]
    assert view.members[0].actions == (D, D)
    assert view.members[0].payoffs == (1, 5)


@pytest.mark.parametrize(
    ("letters", "as_one"),
    [
        ("DCCC", C),
        ("DDDD", D),
        ("DCDD", C),  # Japan alone is 3 of the others' 6
        ("DDCC", C),  # India and Nepal are the other 3
        ("DDCD", D),  # India alone is 2 of 6
        ("CDDC", D),
    ],
)
def test_the_others_are_one_who_cooperates_with_at_least_half_of_their_weight(letters, as_one):
    assert arena_view(position({"forum": letters}), CHINA, FORUM, "7").others == (as_one,)


def test_a_dyad_shows_the_other_as_it_is():
    for letters in ("CC", "CD", "DC", "DD"):
        view = arena_view(position({"border": letters}), INDIA, BORDER, "7")
        assert view.own + view.others == (Action(letters[1]), Action(letters[0]))


def test_weights_and_corners_are_those_of_the_seat():
    view = arena_view(position(), JAPAN, FORUM, "7")
    assert view.weight == 0.3
    assert [member.weight for member in view.members] == [0.4, 0.2, 0.1]
    assert view.corners == FORUM.game.corners(1)


def test_the_length_is_known_only_where_chance_does_not_end_the_match():
    assert arena_view(position(), JAPAN, FORUM, "7").rounds == 10
    assert arena_view(position(continuation=0.9), JAPAN, FORUM, "7").rounds is None


def test_a_laboratory_person_at_a_table_knows_how_likely_another_round_is():
    """At even chances fewer of a hundred seeds let it begin with C than at nine in ten."""
    assert arena_view(position(continuation=0.9), CHINA, BORDER, "7").continuation == 0.9
    person, seeds = strategy("laboratory_person"), [str(seed) for seed in range(100)]
    firsts = [
        sum(
            person.choose(arena_view(position(continuation=each), CHINA, BORDER, seed)) is C
            for seed in seeds
        )
        for each in (0.5, 0.9)
    ]
    expected = [first_cooperation(BORDER.game.corners(0), each).share for each in (0.5, 0.9)]
    assert firsts == pytest.approx([100 * share for share in expected], abs=10)
    assert firsts[0] < firsts[1]


def test_a_seat_outside_the_arena_has_no_view_of_it():
    with pytest.raises(ValueError, match="not in"):
        arena_view(position(), JAPAN, BORDER, "7")


def test_chance_is_the_seats_own_and_repeats():
    def luck(seat, arena, seed):
        return arena_view(position(), seat, arena, seed).chance()

    assert luck(CHINA, FORUM, "7") == luck(CHINA, FORUM, "7")
    answers = [
        luck(CHINA, FORUM, "7"),
        luck(JAPAN, FORUM, "7"),
        luck(CHINA, BORDER, "7"),
        luck(CHINA, FORUM, "8"),
    ]
    assert len(set(answers)) == 4
    assert all(0 <= answer < 1 for answer in answers)


def test_labels_give_further_numbers_of_the_same_turn():
    view = arena_view(position(), CHINA, FORUM, "7")
    numbers = [view.chance(), view.chance("first"), view.chance("second", 2)]
    assert len(set(numbers)) == 3
    assert view.chance("first") == numbers[1]


def test_chance_differs_from_turn_to_turn():
    first = arena_view(position(), CHINA, FORUM, "7")
    second = arena_view(position({"forum": "CCCC"}), CHINA, FORUM, "7")
    assert first.chance() != second.chance()


def test_the_seed_is_not_in_the_view():
    view = arena_view(position(), CHINA, FORUM, "a seed to find")
    assert all("a seed to find" not in repr(getattr(view, f.name)) for f in fields(view))


def test_every_strategy_plays_every_seat_of_every_arena():
    past = [{"forum": "CDCC", "border": "DC"}, {"forum": "DDCD", "border": "CD"}] * 3
    for bot in strategies():
        for seat, arena in ((CHINA, FORUM), (NEPAL, FORUM), (INDIA, BORDER)):
            choices = [
                bot.choose(arena_view(position(*past[:rounds]), seat, arena, "7"))
                for rounds in (0, 6)
            ]
            assert set(choices) <= {C, D}


def test_a_bot_chooses_anew_from_the_position_alone():
    """Asking twice, or late, gives the same: nothing is remembered between questions."""
    past = [{"border": "CD"}, {"border": "DC"}, {"border": "DD"}]
    bot = strategy("naive_prober")
    views = [arena_view(position(*past[:rounds]), CHINA, BORDER, "3") for rounds in range(4)]
    forwards = [bot.choose(view) for view in views]
    backwards = [bot.choose(view) for view in reversed(views)]
    assert forwards == backwards[::-1]


def test_tit_for_tat_answers_the_majority_of_a_forum():
    bot = strategy("tit_for_tat")
    assert bot.choose(arena_view(position({"forum": "CDDD"}), CHINA, FORUM, "7")) is D
    assert bot.choose(arena_view(position({"forum": "DCCC"}), CHINA, FORUM, "7")) is C


def test_a_game_of_two_has_even_weights():
    assert isinstance(BORDER.game, Bimatrix)
    assert arena_view(position(), CHINA, BORDER, "7").weight == 0.5


def test_an_arena_begins_anew_when_a_member_joins():
    before = position({"border": "DD"}, {"border": "CD"})
    game = collective((4, 2, 1), Terms(b=4, c=1, e=0.5, g=1, d=0.5, sigma=0.5))
    joined = replace(FORUM, name="border", members=(CHINA, INDIA, NEPAL), game=game)
    view = arena_view(before, CHINA, joined, "7")
    assert (view.turn, view.own, view.others) == (1, (), ())
