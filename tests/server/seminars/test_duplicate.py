"""Duplicate scores: a seat against the same seat at the other tables, and nothing else."""

import csv
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.games.stage_games import Action, C, D
from game_rules.match import commands as c
from game_rules.roles import Actor, PersonId, Role, Seat
from server.hosting.match_host import Sender
from server.seminars.duplicate import (
    DuplicateScore,
    Result,
    duplicate_scores,
    results_of,
    scores_at,
    write_scores,
)
from tests.server.seminar_scenes import Class, School, bearer, school

PHL, CHN = Seat("PHL"), Seat("CHN")


def result(table: int, *points: float, seat: Seat = PHL, condition: str | None = None) -> Result:
    return Result(f"m{table}", table, condition, seat, (PersonId(f"p{table}"),), points)


def scores(*results: Result) -> dict[tuple[int, Seat], DuplicateScore]:
    return {(made.table, made.seat): score for made, score in duplicate_scores(results)}


def test_a_seat_is_compared_with_the_mean_of_the_same_seat_at_the_other_tables():
    made = scores(result(1, 4, 2), result(2, 1, 1), result(3, 3, 1), result(1, 9, 9, seat=CHN))
    assert made[1, PHL] == DuplicateScore(PHL, 2, points=6, others=3, difference=3, rank=1, of=3)
    assert made[2, PHL] == DuplicateScore(PHL, 2, points=2, others=5, difference=-3, rank=3, of=3)
    assert (1, CHN) not in made  # nobody else sat there


def test_equals_share_a_rank_and_the_next_one_is_skipped():
    ranks = [x.rank for x in scores(result(1, 5), result(2, 5), result(3, 1)).values()]
    assert ranks == [1, 1, 3]
    nearly = scores(result(1, 0.1, 0.2), result(2, 0.3))
    assert [x.rounds for x in nearly.values()] == [1, 1]
    same = scores(result(1, 0.1, 0.2), result(2, 0.3, 0.0))
    assert [x.rank for x in same.values()] == [1, 1]


def test_only_the_rounds_that_all_tables_have_played_count():
    made = scores(result(1, 1, 1, 100), result(2, 2, 2))
    assert (made[1, PHL].points, made[1, PHL].rounds) == (2, 2)
    assert made[1, PHL].rank == 2


def test_tables_under_different_conditions_are_not_compared():
    a, b = result(1, 1, condition="Talk"), result(2, 2, condition="Silence")
    assert scores(a, b) == {}
    assert len(scores(a, b, replace(b, match="m3", table=3))) == 2


POINTS = st.lists(st.floats(-100, 100), min_size=1, max_size=6)


@given(st.lists(POINTS, min_size=2, max_size=8))
def test_differences_sum_to_zero_and_ranks_follow_them(tables: Sequence[list[float]]):
    made = list(scores(*(result(i, *points) for i, points in enumerate(tables))).values())
    assert sum(x.difference for x in made) == pytest.approx(0, abs=1e-6)
    best = max(made, key=lambda x: x.difference)
    assert best.rank == 1
    assert all(
        (a.rank < b.rank) == (a.points > b.points + 1e-9) or abs(a.points - b.points) < 1e-6
        for a in made
        for b in made
    )


@pytest.fixture(scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[School]:
    """A running school."""
    async with school(tmp_path_factory.mktemp("school")) as running:
        yield running


async def order(seminar: Class, person: str, action: Action) -> None:
    """Order the same everywhere, and say ready."""
    member = await seminar.member(person)
    assert member.match is not None
    host = await seminar.school.services.registry.host(member.match)
    seat = host.position.seat_of(PersonId(person))
    assert seat is not None
    actions = {arena.name: action for arena in host.position.arenas_of(seat)}
    sender = Sender(f"person:{person}", Actor(Role.PLAYER, person=PersonId(person)))
    await host.ask(c.SaveOrder(host.position.round, actions, is_ready=True), sender)


async def two_tables(here: School) -> Class:
    """Two tables of three people; all cooperate, but one at the second table."""
    seminar = await here.seminar()
    await seminar.come(*(f"Person {number}" for number in range(6)))
    await seminar.deal(matches=2)
    await seminar.command(type="start_match")
    roster = await seminar.roster()
    for known in roster.matches:
        for place, member in enumerate(roster.in_match(known.match)):
            defects = known.number == 2 and place == 0
            await order(seminar, member.person, D if defects else C)
    return seminar


async def test_the_tables_of_a_class_are_scored_by_what_was_played(here: School):
    seminar = await two_tables(here)
    positions = await seminar.positions()
    roster = await seminar.roster()
    pairs = list(zip(roster.matches, positions, strict=True))
    scored = duplicate_scores(x for known, position in pairs for x in results_of(known, position))
    assert len(scored) == 6
    for made, score in scored:
        own = positions[made.table - 1].totals[made.seat]
        other = positions[2 - made.table].totals[made.seat]
        assert (score.points, score.others) == (own, other)
        assert score.difference == pytest.approx(own - other)
    assert {score.difference for _, score in scored} != {0}


async def test_bots_and_drawn_pairs_are_not_compared(here: School):
    seminar = await here.seminar()
    await seminar.come("Ada", "Ben", "Chen", "Dan")
    await seminar.deal(matches=2)
    await seminar.command(type="start_match")
    for member in (await seminar.roster()).people:
        await order(seminar, member.person, C)
    roster = await seminar.roster()
    pairs = list(zip(roster.matches, await seminar.positions(), strict=True))
    held = [x.people for known, position in pairs for x in results_of(known, position)]
    assert len(held) == 4
    pairs_drawn = await here.seminar(scenario="chicken", pairing="random")
    await pairs_drawn.come("Ada", "Ben", "Chen", "Dan")
    await pairs_drawn.deal(matches=1)
    await pairs_drawn.command(type="start_match")
    await pairs_drawn.command(type="skip_phase", round=0, phase="briefing")
    for member in (await pairs_drawn.roster()).people:
        await order(pairs_drawn, member.person, C)
    (position,) = await pairs_drawn.positions()
    assert position.history
    (known,) = (await pairs_drawn.roster()).matches
    assert results_of(known, position) == ()


async def test_the_scores_of_a_class_are_a_table_for_its_facilitators(here: School):
    seminar = await two_tables(here)
    path = f"{seminar.path}/duplicate"
    refused = await here.client.get(path)
    assert refused.status_code == 401
    answer = await here.client.get(path, headers=bearer(seminar.token))
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(StringIO(answer.text)))
    assert [row["table"] for row in rows] == ["1"] * 3 + ["2"] * 3
    assert {row["of"] for row in rows} == {"2"}
    for row in rows:
        points, others = float(row["points"]), float(row["others_mean"])
        assert float(row["difference"]) == pytest.approx(points - others, abs=1e-8)


async def test_a_debrief_compares_with_the_tables_that_have_ended(here: School):
    seminar = await two_tables(here)
    first, second = (known.match for known in (await seminar.roster()).matches)
    path = f"/api/matches/{first}/duplicate"
    headers = bearer(seminar.token)
    assert (await here.client.get(path, headers=headers)).status_code == 409
    await seminar.command(first, type="end_match")
    assert (await here.client.get(path, headers=headers)).json() == []
    await seminar.command(second, type="end_match")
    assert (await here.client.get(path)).status_code == 403
    found = (await here.client.get(path, headers=headers)).json()
    assert [set(score) for score in found] == [
        {"seat", "rounds", "points", "others", "difference", "rank", "of"}
    ] * 3
    opened = {"is_open_to_link": True}
    patched = await here.client.patch(f"/api/matches/{first}", json=opened, headers=headers)
    assert patched.status_code == 200
    assert (await here.client.get(path)).json() == [], "the link to one table tells of no other"
    alone = await here.done("/api/matches", await here.host(), scenario="quick", pace=None)
    lead = bearer(alone["token"])
    end = await here.services.registry.host(alone["match"])
    await end.ask(c.EndMatch(), Sender("lead", Actor(Role.FACILITATOR)))
    path = f"/api/matches/{alone['match']}/duplicate"
    assert (await here.client.get(path, headers=lead)).json() == []


def test_a_class_without_scores_is_an_empty_table():
    assert write_scores(()).splitlines() == [
        "match,table,condition,seat,people,rounds,points,others_mean,difference,rank,of"
    ]
    assert scores_at("m1", ()) == ()
