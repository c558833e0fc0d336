"""The library of stored matches: filters, pages, tags and digests, in every kind of database."""

import random
from collections.abc import AsyncGenerator, Callable, Generator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlmodel import Session
from structlog.testing import capture_logs

from game_rules.records.codec import dumps
from game_rules.records.digest import Digest, digest_of
from game_rules.standing.incidents import Concept
from game_rules.standing.integration import Outlook
from server.access.grants import SeminarId
from server.database import migration_engine, store_for
from server.live.digests import MOST_AT_ONCE, Digests
from server.seminars.seminar import Seminar, SeminarMatch
from server.seminars.store import SeminarStore
from server.store import library
from server.store.event_store import MatchId, NewEvent
from server.store.library import (
    MOST_TAGS,
    LibraryFilter,
    MatchLibrary,
    Place,
    TooManyTags,
)
from server.store.library_entries import LibraryEntry
from server.store.queries import MatchProgress, Queries
from server.store.tables import MatchRow, SeminarMatchRow, SeminarRow
from server.store.threaded import ThreadedStore
from tests.golden import matches
from tests.postgres import Postgres

ONE, TWO = MatchId("one"), MatchId("two")
SHORT = "rules2_bots_chicken"
DIGEST = Digest(3, 900, Outlook.CONTESTED, (Concept.CRISIS,), 2)


@pytest.fixture
async def store(any_database: str) -> AsyncGenerator[ThreadedStore]:
    store = store_for(any_database)
    await store.open()
    yield store
    await store.close()


@pytest.fixture(params=[library.MOST_FETCHED, 3])
def most_fetched(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Find tags and classes in both ways: of few matches, and of many."""
    monkeypatch.setattr(library, "MOST_FETCHED", request.param)


@dataclass(frozen=True)
class Kept:
    """What a test stored of a match."""

    match: MatchId
    scenario: str
    at_ms: int
    seats: int
    digest: Digest | None
    of_class: str | None
    tags: frozenset[str]


class Shelf:
    """A store, and what was put there."""

    def __init__(self, store: ThreadedStore) -> None:
        self.store, self.library = store, MatchLibrary(store)
        self.queries, self.seminars = Queries(store), SeminarStore(store)
        self.kept: list[Kept] = []

    async def open_class(self, name: str) -> None:
        """Create a class whose id is its name; a rehearsal has it in its name."""
        seminar = Seminar(SeminarId(name), "", name, "chicken", None, "s", None, "random", (), 1)
        seminar = replace(seminar, is_rehearsal=is_rehearsal(name))
        await self.seminars.create(seminar)

    async def put(
        self,
        match: MatchId,
        at_ms: int = 1_000,
        scenario: str = "chicken",
        digest: Digest | None = None,
        *,
        seats: int = 3,
        of_class: str | None = None,
        tags: frozenset[str] = frozenset(),
    ) -> None:
        """Store a match that has ended if it has a digest, and is played otherwise."""
        await self.queries.create_match(match, scenario, scenario.title(), 7, at_ms)
        await self.store.append(match, 0, [NewEvent("{}")])
        is_over = digest is not None
        phase = "debrief" if is_over else "decision"
        progress = MatchProgress(match, phase, 2, seats, is_over, seats, digest)
        await self.queries.update_summaries([progress])
        if of_class is not None:
            placed = SeminarMatch(match, "", len(self.kept) + 1, None)
            await self.seminars.add_matches(SeminarId(of_class), [placed])
        await self.library.change_tags(match, tags, ())
        self.kept.append(Kept(match, scenario, at_ms, seats, digest, of_class, tags))

    async def find(self, **wanted: Any) -> list[str]:
        """Name the matches of the first page."""
        return [x.match for x in await self.entries(**wanted)]

    async def entries(self, **wanted: Any) -> list[LibraryEntry]:
        """Give the matches of the first page."""
        return list((await self.library.page(LibraryFilter(**wanted), None, 100)).matches)

    async def walk(self, wanted: LibraryFilter, most: int) -> list[MatchId]:
        """Name the matches of all pages."""
        found: list[MatchId] = []
        place: Place | None = None
        while True:
            page = await self.library.page(wanted, place, most)
            found += [entry.match for entry in page.matches]
            assert len(page.matches) <= most
            if page.after is None:
                return found
            place = page.after


@pytest.fixture
def shelf(store: ThreadedStore) -> Shelf:
    return Shelf(store)


CLASSES = ("Karachi 2026", "Lahore 100%", "peshawar_1", "Dress rehearsal")


def is_rehearsal(of_class: str | None) -> bool:
    return "rehearsal" in (of_class or "")


MINE: dict[str, Callable[[Kept, LibraryFilter], bool]] = {
    "scenario": lambda x, w: x.scenario == w.scenario,
    "since_ms": lambda x, w: x.at_ms >= (w.since_ms or 0),
    "until_ms": lambda x, w: x.at_ms < (w.until_ms or 0),
    "seats": lambda x, w: x.seats == w.seats,
    "standing": lambda x, w: (x.digest is not None) == (w.standing == "ended"),
    "outlook": lambda x, w: x.digest is not None and x.digest.outlook is w.outlook,
    "incident": lambda x, w: x.digest is not None and w.incident in x.digest.incidents,
    "has_breach": lambda x, w: x.digest is not None and (x.digest.breaches > 0) == w.has_breach,
    "seminar": lambda x, w: x.of_class == w.seminar,
    "class_name": lambda x, w: (w.class_name or "").lower() in (x.of_class or "").lower(),
    "tag": lambda x, w: w.tag in x.tags,
    "rehearsals": lambda x, w: (
        w.rehearsals == "with" or is_rehearsal(x.of_class) == (w.rehearsals == "only")
    ),
}
"""What each filter means, in other words than the query's."""

WANTED = [
    LibraryFilter(),
    LibraryFilter(scenario="chicken"),
    LibraryFilter(scenario="none_such"),
    LibraryFilter(since_ms=10, until_ms=20),
    LibraryFilter(seats=2),
    LibraryFilter(standing="ended"),
    LibraryFilter(standing="in_progress"),
    *(LibraryFilter(outlook=x) for x in Outlook),
    LibraryFilter(incident=Concept.CRISIS),
    LibraryFilter(incident=Concept.ENTRAPMENT),
    LibraryFilter(has_breach=True),
    LibraryFilter(has_breach=False),
    LibraryFilter(seminar="Karachi 2026"),
    LibraryFilter(class_name="a"),
    LibraryFilter(class_name="KARACHI"),
    LibraryFilter(class_name="0%"),
    LibraryFilter(class_name="r_1"),
    LibraryFilter(tag="exam"),
    LibraryFilter(rehearsals="without"),
    LibraryFilter(rehearsals="only"),
    LibraryFilter(rehearsals="without", class_name="e", tag="exam", standing="ended"),
    LibraryFilter(rehearsals="only", class_name="s"),
    LibraryFilter(scenario="quad", outlook=Outlook.PESSIMISTIC, has_breach=True, since_ms=5),
    LibraryFilter(class_name="e", tag="exam", standing="ended", incident=Concept.CRISIS, seats=4),
]


@pytest.mark.slow(measured=True)
@pytest.mark.usefixtures("most_fetched")
async def test_each_filter_finds_what_it_says_and_pages_show_all_of_it_once(shelf: Shelf) -> None:
    draw = random.Random(18)
    for name in CLASSES:
        await shelf.open_class(name)
    for number in range(60):
        incidents = tuple(x for x in Concept if draw.random() < 0.3)
        outlook = draw.choice([*Outlook, None])
        ended = Digest(draw.randint(2, 4), 99, outlook, incidents, draw.choice((0, 0, 1, 3)))
        digest = ended if draw.random() < 0.7 else None
        await shelf.put(
            MatchId(f"m{number}"),
            draw.randint(1, 30),  # many at the same time
            draw.choice(("chicken", "quad", "border")),
            digest,
            seats=ended.seats,
            of_class=draw.choice((*CLASSES, None)),
            tags=frozenset(x for x in ("exam", "best", "urdu") if draw.random() < 0.3),
        )
    for wanted in WANTED:
        asked = [name for name in MINE if getattr(wanted, name) is not None]
        mine = [x for x in shelf.kept if all(MINE[name](x, wanted) for name in asked)]
        newest_first = sorted(mine, key=lambda x: (x.at_ms, x.match), reverse=True)
        assert await shelf.walk(wanted, 7) == [x.match for x in newest_first], wanted


async def test_a_page_goes_on_where_the_last_ended_though_newer_matches_came(shelf: Shelf) -> None:
    for number in range(4):
        await shelf.put(MatchId(str(number)), at_ms=number)
    first = await shelf.library.page(LibraryFilter(), None, 2)
    await shelf.put(MatchId("newer"), at_ms=9)
    second = await shelf.library.page(LibraryFilter(), first.after, 2)
    assert [x.match for x in (*first.matches, *second.matches)] == ["3", "2", "1", "0"]
    assert second.after is None


@pytest.mark.slow(measured=True)
async def test_an_entry_tells_what_is_known_of_a_match(shelf: Shelf) -> None:
    await shelf.open_class("Karachi 2026")
    tags = frozenset({"exam", "best"})
    await shelf.put(ONE, digest=DIGEST, of_class="Karachi 2026", tags=tags)
    (found,) = await shelf.entries()
    assert (found.seats, found.ended_at_ms, found.outlook) == (3, 900, "contested")
    assert (found.incidents, found.breaches, found.tags) == (["crisis"], 2, ["best", "exam"])
    assert found.of_class is not None
    assert (found.of_class.name, found.of_class.number) == ("Karachi 2026", 1)


async def test_how_a_match_goes_is_not_known_before_it_has_ended(shelf: Shelf) -> None:
    await shelf.put(ONE, digest=DIGEST)
    await shelf.queries.update_summaries([MatchProgress(ONE, "reveal", 7, 3, False, 3)])  # undone
    (found,) = await shelf.entries()
    assert (found.outlook, found.incidents, found.breaches, found.ended_at_ms) == (None,) * 4
    for wanted in (
        {"outlook": Outlook.CONTESTED},
        {"incident": Concept.CRISIS},
        {"has_breach": True},
        {"has_breach": False},
    ):
        assert await shelf.find(**wanted) == []


async def test_a_match_that_was_undone_is_found_by_its_branch_with_its_tags(shelf: Shelf) -> None:
    await shelf.put(ONE, digest=DIGEST, tags=frozenset({"exam"}))
    await shelf.queries.take_over(ONE, TWO)
    (found,) = await shelf.entries()
    assert (found.match, found.tags, found.outlook, found.breaches) == (TWO, ["exam"], None, None)
    assert await shelf.find(outlook=Outlook.CONTESTED) == []


async def test_a_match_whose_log_never_began_is_not_found(shelf: Shelf) -> None:
    await shelf.queries.create_match(ONE, "chicken", "Chicken", 7, 1)
    assert await shelf.find() == []


@pytest.mark.usefixtures("most_fetched")
async def test_a_match_that_left_its_class_is_not_of_it(shelf: Shelf) -> None:
    await shelf.open_class("Lahore 100%")
    for match in ("m1", "m2", "m3", "m4", ONE):
        await shelf.put(MatchId(match), of_class="Lahore 100%")
    await shelf.seminars.drop_matches([ONE])
    assert ONE not in await shelf.find(seminar="Lahore 100%")
    assert sorted(await shelf.find(class_name="Lahore")) == ["m1", "m2", "m3", "m4"]
    assert {x.match for x in await shelf.entries() if x.of_class is None} == {ONE}


@pytest.mark.usefixtures("most_fetched")
async def test_a_branch_is_of_the_class_of_its_trunk(shelf: Shelf) -> None:
    await shelf.open_class("Lahore 100%")
    for match in ("m1", "m2", "m3", ONE):
        await shelf.put(MatchId(match), digest=DIGEST, of_class="Lahore 100%")
    await shelf.queries.take_over(ONE, TWO)
    await shelf.seminars.replace_match(ONE, TWO)
    await shelf.queries.update_summaries([MatchProgress(TWO, "decision", 2, 3, False, 3)])
    assert sorted(await shelf.find(class_name="Lahore")) == sorted(["m1", "m2", "m3", TWO])


async def test_tags_are_added_and_removed_up_to_a_number(shelf: Shelf) -> None:
    await shelf.put(ONE)
    change = shelf.library.change_tags
    assert await change(ONE, ["b", "a", "a"], []) == ["a", "b"]
    assert await change(ONE, ["c"], ["a", "none such"]) == ["b", "c"]
    full = [str(number) for number in range(MOST_TAGS - 2)]
    assert len(await change(ONE, full, [])) == MOST_TAGS
    with pytest.raises(TooManyTags):
        await change(ONE, ["one more"], [])
    assert "one more" not in await change(ONE, [], [])


async def test_what_there_is_to_filter_by_is_offered(shelf: Shelf) -> None:
    await shelf.open_class("Karachi 2026")
    await shelf.put(ONE, scenario="quad", seats=4, of_class="Karachi 2026", tags=frozenset({"b"}))
    await shelf.put(TWO, scenario="border", seats=2, tags=frozenset({"a", "b"}))
    every = await shelf.library.offered(None)
    assert every.scenarios == ["border", "quad"]
    assert (every.tags, every.seats) == (["a", "b"], [2, 4])
    mine = await shelf.library.offered("Karachi 2026")
    assert (mine.scenarios, mine.tags, mine.seats) == (["quad"], ["b"], [4])


@pytest.mark.slow(measured=True)
async def test_old_matches_are_digested_a_few_at_a_time(shelf: Shelf) -> None:
    log = matches.log_of(SHORT)
    for number in range(MOST_AT_ONCE + 1):
        match = MatchId(f"m{number:02}")
        await shelf.queries.create_match(match, "chicken", "Chicken", 7, number)
        await shelf.store.append(match, 0, [NewEvent(dumps(event)) for event in log])
        await shelf.queries.update_summaries([MatchProgress(match, "debrief", 7, 2, True)])
    work = Digests(shelf.library)
    await work.make_some()
    assert not work.is_complete
    assert len(await shelf.find(seats=2)) == MOST_AT_ONCE
    await work.make_some()
    await work.make_some()
    assert work.is_complete
    expected = digest_of(log)
    assert {x.breaches for x in await shelf.entries()} == {expected.breaches}
    assert {tuple(x.incidents or ()) for x in await shelf.entries()} == {expected.incidents}
    assert len(await shelf.find(outlook=expected.outlook)) == MOST_AT_ONCE + 1


async def test_matches_that_cannot_be_digested_do_not_stop_the_others(shelf: Shelf) -> None:
    for match, payload in ((ONE, '{"type":"match_ended"}'), (TWO, dumps(matches.log_of(SHORT)[0]))):
        await shelf.queries.create_match(match, "chicken", "Chicken", 7, 1)
        await shelf.store.append(match, 0, [NewEvent(payload)])
        await shelf.queries.update_summaries([MatchProgress(match, "debrief", 2, 2, True)])
    await shelf.queries.create_match(MatchId("empty"), "chicken", "Chicken", 7, 1)
    await shelf.queries.update_summaries([MatchProgress(MatchId("empty"), "debrief", 2, 2, True)])
    with capture_logs() as logs:
        await Digests(shelf.library).make_some()
    assert [x["match"] for x in logs if x["event"] == "match_not_digested"] == [ONE]
    assert await shelf.find(seats=2) == [TWO]


async def test_a_match_that_was_undone_meanwhile_keeps_no_digest(shelf: Shelf) -> None:
    await shelf.put(ONE)
    await shelf.library.keep_digests({ONE: replace(DIGEST, seats=9)})
    assert [x.breaches for x in await shelf.entries()] == [None]


@pytest.fixture
def unknown(postgres: Postgres) -> Generator[Session]:
    """Open a PostgreSQL with some matches, each of a class, that has counted none of them."""
    engine = migration_engine(postgres.fresh())
    with Session(engine) as session:
        many = range(library.MOST_FETCHED + 1)
        session.add_all(_a_class(f"s{number}") for number in many)
        session.add_all(_an_old_match(f"m{number}", f"s{number}") for number in many)
        session.flush()
        session.add_all(
            SeminarMatchRow(match_id=f"m{x}", seminar_id=f"s{x}", number=1) for x in many
        )
        session.flush()
        yield session


def plan_of(session: Session, wanted: LibraryFilter) -> str:
    query = library.places_of(session, wanted, None).limit(50)
    text = str(query.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))
    return "\n".join(session.connection().exec_driver_sql(f"EXPLAIN {text}").scalars())


@pytest.mark.slow
def test_postgres_looks_for_classes_of_a_common_word_and_not_for_their_matches(
    unknown: Session,
) -> None:
    """A join, whose order it chooses by a guess, took 9 s with 100,000 matches; all ids 0.1 s."""
    plan = plan_of(unknown, LibraryFilter(class_name="class"))
    assert "hashed SubPlan" in plan
    assert "seminar_matches" not in plan


@pytest.mark.slow
@pytest.mark.parametrize(
    "wanted",
    [{}, {"has_breach": True}, {"scenario": "x", "seats": 2}, {"rehearsals": "without"}],
)
def test_postgres_looks_at_the_newest_matches_first(unknown: Session, wanted: Any) -> None:
    """It read and sorted all of them where it guessed that few fit."""
    plan = plan_of(unknown, LibraryFilter(**wanted))
    assert "using matches_newest" in plan
    assert "Sort" not in plan


def _a_class(name: str) -> SeminarRow:
    return SeminarRow(
        id=name,
        code=name,
        name=f"Class {name}",
        scenario="chicken",
        seed="s",
        bot="random",
        treatments="[]",
        created_at_ms=1,
    )


def _an_old_match(name: str, seminar: str) -> MatchRow:
    return MatchRow(
        id=name,
        code=name,
        scenario="chicken",
        title="Chicken",
        created_at_ms=1,
        rounds=1,
        phase="debrief",
        is_over=True,
        seminar_id=seminar,
    )
