"""What a seminar's match opens says nothing of the luck of another."""

from collections.abc import AsyncGenerator
from hashlib import blake2b

import pytest

from game_rules.log.position import Position
from tests.server.seminar_scenes import Class, School, bearer, school


@pytest.fixture(scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[School]:
    async with school(tmp_path_factory.mktemp("school")) as running:
        yield running


async def dealt(here: School, name: str) -> Class:
    """Open a seminar of two matches."""
    seminar = await here.seminar(name=name)
    await seminar.come(*(f"{name} {number}" for number in range(4)))
    await seminar.deal(matches=2)
    return seminar


async def seeds(seminar: Class) -> list[str]:
    """Give the seeds that the server has in mind."""
    return [seed_of(position) for position in await seminar.positions()]


def seed_of(position: Position) -> str:
    assert position.seed is not None
    return position.seed


async def luck(seminar: Class) -> tuple[int, dict[str, str]]:
    """Ask for a seminar's luck as its facilitator."""
    client = seminar.school.client
    answer = await client.get(f"{seminar.path}/luck", headers=bearer(seminar.token))
    return answer.status_code, answer.json()


@pytest.mark.slow
async def test_no_seed_is_another_one_with_another_number(here: School):
    monday, tuesday = await dealt(here, "Monday"), await dealt(here, "Tuesday")
    known = [*await seeds(monday), *await seeds(tuesday)]
    assert len(set(known)) == 4
    assert all(len(bytes.fromhex(seed)) == 16 for seed in known)
    letters = [sum(map(str.__eq__, known[0], other)) for other in known[1:]]
    assert max(letters) < 16


async def test_a_match_that_ended_in_its_lobby_tells_nothing_of_the_one_dealt_in_its_place(
    here: School,
):
    seminar = await dealt(here, "Again")
    told = set(await seeds(seminar))
    await seminar.deal(matches=2)
    assert not told & set(await seeds(seminar))


async def test_a_seminar_takes_no_seed_that_could_be_guessed(here: School):
    body = {"name": "Typed", "scenario": "quick", "pace": None, "seed": "7"}
    assert (await here.post("/api/seminars", await here.host(), **body)).status_code == 422


async def test_the_luck_of_all_matches_can_be_checked_when_the_last_has_ended(here: School):
    seminar = await dealt(here, "Checked")
    matches = [known.match for known in (await seminar.roster()).matches]
    assert (await luck(seminar))[0] == 409
    await seminar.command(matches[0], type="end_match")
    status, answer = await luck(seminar)
    assert (status, answer["code"]) == (409, "still_playing")
    await seminar.command(matches[1], type="end_match")
    status, answer = await luck(seminar)
    assert status == 200
    key = bytes.fromhex(answer["key"])
    derived = [
        blake2b(match.encode(), key=key, digest_size=16, person=b"detente-luck").hexdigest()
        for match in matches
    ]
    assert derived == await seeds(seminar)


async def test_a_seminar_without_matches_tells_no_luck(here: School):
    assert (await luck(await here.seminar(name="Empty")))[0] == 409


async def test_only_a_seminars_facilitators_are_told_its_luck(here: School):
    seminar = await dealt(here, "Closed")
    await seminar.command(type="end_match")
    (late,) = await seminar.come("Nosy")
    for token in (late["seminar"]["token"], (await here.seminar(name="Other")).token):
        answer = await here.client.get(f"{seminar.path}/luck", headers=bearer(token))
        assert answer.status_code == 401
