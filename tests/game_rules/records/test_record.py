"""A record is read back as it was written, or the line that does not hold is named."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from game_rules.bots.bot_match import play_bot_match
from game_rules.errors import RecordError
from game_rules.games.stage_games import C, D, Terms, collective
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.log.evolve import fold
from game_rules.match import commands as c
from game_rules.match.decide import create_match
from game_rules.records.record import (
    FORMAT,
    LARGEST_RECORD,
    Record,
    read_record,
    verify,
    write_record,
)
from game_rules.roles import THE_CLOCK, PersonId, Seat
from game_rules.scenario.injects import Inject
from game_rules.scenario.scenario import PhaseSeconds, Scenario
from tests.game_rules.drawn import logs
from tests.game_rules.scenes import (
    CHN,
    JPN,
    PHL,
    QUICK,
    START_MS,
    Table,
    a_scenario,
    an_arena,
    deadline_of,
    person,
)


def a_table() -> Table:
    """A match with everything in it: talk, a bot, a pause, outages, news, missing orders."""
    table = Table().seat(CHN, JPN).bots(PHL).start()
    table.do(c.Say((JPN,), "Ünïcode: دیتانت", e.Act.PROMISE), person("CHN"))
    table.skip_to(Phase.DECISION)
    table.order(CHN, is_ready=True, strait="C", forum="C")
    table.order(PHL, forum="D")
    table.now_ms += 10
    table.do(c.PauseMatch())
    table.now_ms += 500
    table.do(c.ResumeMatch())
    table.do(c.ExtendDeadline(1000))
    table.do(c.MakeUpOutage(30), THE_CLOCK)
    table.now_ms = deadline_of(table) + 20
    table.do(c.MakeUpOutage(30, least_ms=400), THE_CLOCK)
    table.do(c.OpenInject(Inject("storm", "A storm", "It rains.", 2)))
    table.do(c.CloseInject("storm"))
    table.now_ms = deadline_of(table)
    table.pass_deadline()
    table.skip_to(Phase.NEGOTIATION, 2)
    table.do(c.ClearSeat(PHL))
    table.ready(CHN)
    table.ready(JPN)
    table.order(JPN, strait="D", forum="D")
    table.order(JPN, forum="C")
    table.skip_to(Phase.DECISION, 3)
    table.do(c.SkipPhase(3, Phase.DECISION))
    table.do(c.SkipPhase(3, Phase.REVEAL))
    table.do(c.Say((), "Well played.", None))
    assert table.position.is_over
    return table


LOG = a_table().log
TEXT = write_record(LOG, "1.2.3")
RAW = TEXT.encode()
LINES = RAW.split(b"\n")[:-1]


def check(raw: bytes) -> None:
    """Do all that `detente verify` does."""
    verify(read_record(raw))


def forge(log: Sequence[e.Event]) -> bytes:
    """Write a log as a record whose hashes are all in order."""
    return write_record(log, "forged").encode()


def rehash(bodies: Sequence[Any]) -> bytes:
    """Write any bodies as lines whose hashes are all in order."""
    previous, lines = "", []
    for body in bodies:
        text = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
        previous = sha256(f"{previous}\n{text}".encode(errors="replace")).hexdigest()
        hashed = json.dumps({**body, "hash": previous}, separators=(",", ":"), ensure_ascii=False)
        lines.append(hashed + "\n")
    return "".join(lines).encode(errors="surrogatepass")


def bodies_of(raw: bytes) -> list[dict[str, Any]]:
    """Give a record's lines without their hashes."""
    bodies = [json.loads(line) for line in raw.splitlines()]
    for body in bodies:
        del body["hash"]
    return bodies


# Round trip


def test_the_plain_record_holds_and_leads_to_the_same_position():
    assert verify(read_record(RAW)) == fold(LOG)


def test_a_record_says_what_made_it():
    assert read_record(RAW).software_version == "1.2.3"
    header = json.loads(LINES[0])
    assert (header["format"], header["rules_version"]) == (FORMAT, 1)


@given(logs())
def test_what_is_written_is_read_back_and_holds(log: list[e.Event]):
    record = read_record(write_record(log, "v").encode())
    assert record == Record("v", tuple(log))
    assert verify(record) == fold(log)


@given(logs())
def test_writing_what_was_read_gives_the_same_bytes(log: list[e.Event]):
    text = write_record(log, "v")
    assert write_record(read_record(text.encode()).log, "v") == text


def test_a_finished_bot_match_holds():
    seats = dict.fromkeys((CHN, JPN, PHL), "tit_for_tat")
    log = play_bot_match(a_scenario(), seats, "7")
    assert verify(read_record(forge(log))).is_over


# Changed files


@given(st.integers(0, len(TEXT) - 1), st.characters(codec="utf-8"))
@example(len(TEXT) - 1, " ")
@example(0, "\n")
@example(TEXT.index("\n"), " ")
def test_one_flipped_character_is_found_and_its_line_named(place: int, character: str):
    if TEXT[place] == character:
        return
    flipped = TEXT[:place] + character + TEXT[place + 1 :]
    line = TEXT[:place].count("\n") + 1
    with pytest.raises(RecordError) as found:
        check(flipped.encode())
    assert found.value.line == line


@given(st.integers(0, len(RAW) - 1), st.integers(1, 255))
def test_one_flipped_byte_is_found_and_its_line_named(place: int, mask: int):
    flipped = bytearray(RAW)
    flipped[place] ^= mask
    line = RAW[:place].count(b"\n") + 1
    with pytest.raises(RecordError) as found:
        check(bytes(flipped))
    assert found.value.line == line


@given(st.integers(0, len(LINES) - 1))
def test_a_dropped_line_is_found_where_it_is_missed(number: int):
    left = LINES[:number] + LINES[number + 1 :]
    with pytest.raises(RecordError) as found:
        check(b"".join(line + b"\n" for line in left))
    assert found.value.line == min(number + 1, len(left))


@given(st.integers(0, len(LINES) - 1))
def test_a_line_written_twice_is_found(number: int):
    with pytest.raises(RecordError) as found:
        check(b"".join(line + b"\n" for line in [*LINES[: number + 1], *LINES[number:]]))
    assert found.value.line == number + 2


@given(st.integers(0, len(LINES) - 2))
def test_two_lines_swapped_are_found(number: int):
    swapped = list(LINES)
    swapped[number : number + 2] = swapped[number + 1], swapped[number]
    with pytest.raises(RecordError) as found:
        check(b"".join(line + b"\n" for line in swapped))
    assert found.value.line == number + 1


@given(st.integers(0, len(RAW) - 2))
def test_a_file_that_is_cut_short_is_found(length: int):
    with pytest.raises(RecordError) as found:
        check(RAW[:length])
    assert found.value.line <= RAW[:length].count(b"\n") + 1


@given(st.binary(max_size=60))
def test_any_other_bytes_are_no_record(raw: bytes):
    with pytest.raises(RecordError):
        check(raw)


@given(st.binary(min_size=1, max_size=20), st.integers(0, len(RAW)))
def test_bytes_put_in_anywhere_are_found(more: bytes, place: int):
    with pytest.raises(RecordError):
        check(RAW[:place] + more + RAW[place:])


# Files made to be found out, with every hash in order


HEADER = {"format": FORMAT, "rules_version": 1, "software_version": "v"}


def nested(depth: int) -> bytes:
    """Give a line of arrays in arrays."""
    return b"[" * depth + b"]" * depth


@pytest.mark.parametrize(
    "line",
    [
        nested(100_000),
        b'{"hash":' + nested(100_000) + b"}",
        b'{"x":' + nested(900) + b',"hash":"0"}',
        b'{"x":NaN,"hash":"0"}',
        b'{"x":Infinity,"hash":"0"}',
        b'{"x":1e999,"hash":"0"}',
        b'{"x":' + b"9" * 5000 + b',"hash":"0"}',
        b'{"x":' + b"9" * 4000 + b',"hash":"0"}',
        b'{"x":"\\ud800","hash":"0"}',
        b'{"\\ud800":1,"hash":"0"}',
        b'{"hash":"\\ud800"}',
        b'{"hash":1}',
        b'{"hash":null}',
        b"[]",
        b"1",
        b'"hash"',
        b"",
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        b"\x00",
        '{"hash":"é"}'.encode("utf-16"),
        b'{"hash":"a","hash":"b"}',
    ],
    ids=lambda line: str(line[:18]),
)
@pytest.mark.parametrize("place", [0, 2, len(LINES) - 1])
def test_a_line_that_is_no_line_of_a_record_is_named(line: bytes, place: int):
    lines = list(LINES)
    lines[place] = line
    with pytest.raises(RecordError) as found:
        check(b"".join(x + b"\n" for x in lines))
    is_lost_end = not line and place == len(LINES) - 1
    assert found.value.line == place + 1 - is_lost_end


@pytest.mark.parametrize("raw", [b"", b"\n", b"\n\n\n", RAW[:-2], RAW + b"x", RAW + RAW])
def test_too_little_or_too_much_is_found(raw: bytes):
    with pytest.raises(RecordError):
        check(raw)


@pytest.mark.parametrize(
    "header", [{"x": 1}, {**HEADER, "format": "detente-record/2"}, {"format": 1}]
)
def test_a_header_of_another_format_is_named(header: dict[str, Any]):
    with pytest.raises(RecordError, match="header") as found:
        check(rehash([header, *bodies_of(RAW)[1:]]))
    assert found.value.line == 1


@pytest.mark.parametrize(
    "closing", [{"end": 1}, {"end": "x"}, {"x": 1}, {"end": len(LOG), "more": 1}]
)
def test_a_closing_line_that_does_not_close_is_named(closing: dict[str, Any]):
    with pytest.raises(RecordError, match="closing line") as found:
        check(rehash([*bodies_of(RAW)[:-1], closing]))
    assert found.value.line == len(LINES)


def test_a_record_without_events_is_none():
    with pytest.raises(RecordError):
        check(rehash([HEADER, {"end": 0}]))


@given(st.data())
def test_an_event_under_a_wrong_number_is_named(data: st.DataObject):
    number = data.draw(st.integers(1, len(LOG)))
    bodies = bodies_of(RAW)
    wrong = st.sampled_from((number + 1, 0, None, str(number), float(number), [number]))
    bodies[number]["seq"] = data.draw(wrong)
    with pytest.raises(RecordError, match=f"is not event {number}") as found:
        check(rehash(bodies))
    assert found.value.line == number + 1


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.data())
def test_an_event_with_any_value_put_in_anywhere_is_named_or_harmless(data: st.DataObject):
    """Nothing but RecordError comes out, whatever stands in a line."""
    number = data.draw(st.integers(1, len(LOG)))
    bodies = bodies_of(RAW)
    _put_somewhere(bodies[number]["event"], data)
    try:
        check(rehash(bodies))
    except RecordError as error:
        line = error.line
    else:
        return
    assert number + 1 <= line <= len(LINES)


def _put_somewhere(node: Any, data: st.DataObject) -> None:
    keys = list(node) if isinstance(node, dict) else list(range(len(node)))
    while keys:
        key = data.draw(st.sampled_from(keys))
        inner = node[key]
        if not isinstance(inner, (dict, list)) or not inner or data.draw(st.booleans()):
            node[key] = data.draw(JSONS | st.sampled_from((0, -1, 10**400, 1e308, "C", "XXX")))
            return
        node, keys = inner, list(inner) if isinstance(inner, dict) else list(range(len(inner)))


# Forged matches


def place_of(kind: type, nth: int = 0) -> int:
    """Find where in the plain log the nth event of a kind stands."""
    return [n for n, event in enumerate(LOG) if isinstance(event, kind)][nth]


def forged_payoff(event: Any) -> Any:
    first, *rest = event.results
    payoffs = {**first.payoffs, CHN: first.payoffs[CHN] + 1}
    return replace(event, results=(replace(first, payoffs=payoffs), *rest))


def forged_action(event: Any) -> Any:
    first, *rest = event.results
    return replace(event, results=(replace(first, actions={CHN: D, JPN: D}), *rest))


def forged_source(event: Any) -> Any:
    first, *rest = event.results
    sources = dict.fromkeys(first.sources, e.OrderSource.ORDERED)
    return replace(event, results=(replace(first, sources=sources), *rest))


FORGERIES: list[tuple[type, int, Callable[[Any], Any]]] = [
    (e.MatchCreated, 0, lambda x: replace(x, rules_version=99)),
    (e.MatchCreated, 0, lambda x: replace(x, seed=None)),
    (e.SeatTaken, 0, lambda x: replace(x, seat=Seat("XXX"))),
    (e.SeatTaken, 1, lambda x: replace(x, seat=CHN)),
    (e.SeatTaken, 0, lambda x: replace(x, name="")),
    (e.BotSeated, 0, lambda x: replace(x, seat=Seat("XXX"))),
    (e.BotSeated, 0, lambda x: replace(x, strategy="no_such_bot")),
    (e.BotSeated, 0, lambda x: replace(x, strategy=None)),
    (e.SeatVacated, 0, lambda x: replace(x, seat=Seat("XXX"))),
    (e.PhaseOpened, 0, lambda x: replace(x, phase=Phase.DECISION)),
    (e.PhaseOpened, 0, lambda x: replace(x, round=3)),
    (e.PhaseOpened, 0, lambda x: replace(x, deadline_ms=x.deadline_ms + 1)),
    (e.PhaseOpened, 1, lambda x: replace(x, round=2)),
    (e.PhaseOpened, 3, lambda x: replace(x, deadline_ms=None)),
    (e.MessageSaid, 0, lambda x: replace(x, sender=PHL)),
    (e.MessageSaid, 0, lambda x: replace(x, room=(Seat("XXX"),))),
    (e.MessageSaid, 0, lambda x: replace(x, text=" ")),
    (e.MessageSaid, 0, lambda x: replace(x, round=2)),
    (e.OrderSaved, 0, lambda x: replace(x, actions={"nowhere": C})),
    (e.OrderSaved, 0, lambda x: replace(x, seat=Seat("XXX"))),
    (e.OrderSaved, 0, lambda x: replace(x, round=2)),
    (e.OrderSaved, 2, lambda x: replace(x, seat=PHL)),
    (e.OrderSaved, 1, lambda x: replace(x, at_ms=x.at_ms + 10**6)),
    (e.OrderSaved, 3, lambda x: replace(x, actions={"forum": C})),
    (e.ReadySet, 0, lambda x: replace(x, phase=Phase.REVEAL)),
    (e.RoundResolved, 0, forged_payoff),
    (e.RoundResolved, 0, forged_action),
    (e.RoundResolved, 0, forged_source),
    (e.RoundResolved, 1, lambda x: replace(x, gains={**x.gains, CHN: 99.0})),
    (e.RoundResolved, 1, lambda x: replace(x, results=())),
    (e.MatchResumed, 0, lambda x: replace(x, deadline_ms=x.deadline_ms - 1)),
    (e.DeadlineMoved, 0, lambda x: replace(x, deadline_ms=0)),
    (e.DeadlineMoved, 1, lambda x: replace(x, deadline_ms=0)),
    (e.MatchEnded, 0, lambda x: replace(x, seed="another")),
    (e.MatchEnded, 0, lambda x: replace(x, reason=e.EndReason.CHANCE)),
]


@pytest.mark.parametrize(("kind", "nth", "forgery"), FORGERIES)
def test_a_forged_event_is_named_though_every_hash_is_in_order(
    kind: type, nth: int, forgery: Callable[[Any], Any]
):
    place = place_of(kind, nth)
    forged = [*LOG[:place], forgery(LOG[place]), *LOG[place + 1 :]]
    with pytest.raises(RecordError) as found:
        check(forge(forged))
    assert found.value.line == place + 2


def test_a_seed_changed_throughout_is_found_where_chance_decides():
    scenario = a_scenario(continuation=0.5, rounds=50, seconds=QUICK)
    log = play_bot_match(scenario, dict.fromkeys((CHN, JPN, PHL), "grudger"), "7")
    forged = [replace(x, seed="8") if hasattr(x, "seed") else x for x in log]
    with pytest.raises(RecordError):
        check(forge(forged))


def test_what_follows_by_itself_cannot_be_left_out():
    opened = place_of(e.PhaseOpened, 2)
    with pytest.raises(RecordError):
        check(forge(LOG[:opened] + LOG[opened + 1 :]))


def test_a_match_is_created_once():
    with pytest.raises(RecordError, match="created once") as found:
        check(forge([*LOG, LOG[0]]))
    assert found.value.line == len(LOG) + 2


def test_a_log_begins_with_its_match():
    with pytest.raises(RecordError) as found:
        verify(Record("v", tuple(LOG[1:])))
    assert found.value.line == 2


def test_a_host_cannot_end_a_match_under_another_seed():
    table = Table().start()
    table.do(c.EndMatch())
    forged = [*table.log[:-1], replace(table.log[-1], seed="another")]
    with pytest.raises(RecordError) as found:
        check(forge(forged))
    assert found.value.line == len(forged) + 1


WILD = Terms(1e308, 1e308, 1e308, 1e308, 1e308, 1e308)
XXX = Seat("XXX")
FORUM = a_scenario().arenas[1].game
ALONE = replace(collective((1, 1), WILD), weights=(1.0,))


def created(scenario: Scenario) -> e.MatchCreated:
    """Begin a log as the rules would, as far as they can."""
    try:
        (event,) = create_match(scenario, "7", 1.0, START_MS)
    except (LookupError, ValueError):
        return e.MatchCreated(1, scenario, "7", 1.0, START_MS)
    assert isinstance(event, e.MatchCreated)
    return event


@pytest.mark.parametrize(
    "scenario",
    [
        a_scenario(seconds=PhaseSeconds(10**400, 1, 1, 1)),
        a_scenario(arenas=(an_arena("a", (CHN, JPN, PHL), a_scenario().arenas[0].game),)),
        a_scenario(arenas=(an_arena("a", (CHN, XXX), a_scenario().arenas[0].game),)),
        a_scenario(arenas=(an_arena("a", (CHN, JPN), collective((1, 1), WILD)),)),
        a_scenario(arenas=(an_arena("a", (CHN,), ALONE),)),
        a_scenario(arenas=(an_arena("a", (), FORUM),)),
        a_scenario(arenas=(an_arena("a", (CHN, CHN, CHN), FORUM),)),
        a_scenario(arenas=(), players=()),
        a_scenario(rivals=((XXX, XXX),)),
        a_scenario(rivals=((XXX, CHN), (CHN, XXX))),
    ],
)
def test_a_scenario_that_cannot_be_played_is_the_records_fault(scenario: Scenario):
    log = (
        created(scenario),
        e.PhaseOpened(0, Phase.BRIEFING, START_MS, None),
        e.PhaseOpened(1, Phase.DECISION, START_MS, None),
        e.RoundResolved(1, (), {}, START_MS),
    )
    with pytest.raises(RecordError):
        verify(Record("v", log))


def test_a_scenario_that_stumbles_when_played_is_named():
    scenario = a_scenario(arenas=(an_arena("a", (CHN, JPN, PHL), a_scenario().arenas[0].game),))
    table = Table(scenario).start().skip_to(Phase.DECISION)
    resolved = e.RoundResolved(1, (), {}, START_MS)
    with pytest.raises(RecordError, match="cannot be played") as found:
        verify(Record("v", (*table.log, resolved)))
    assert found.value.line == len(table.log) + 2


def test_a_log_begins_with_the_standing_that_its_scenario_has():
    first = LOG[0]
    assert isinstance(first, e.MatchCreated)
    forged = replace(first, standing=replace(first.standing, rounds=5))
    with pytest.raises(RecordError, match="standing") as found:
        check(forge([forged, *LOG[1:]]))
    assert found.value.line == 2


def test_a_person_is_the_same_person_throughout():
    taken = e.SeatTaken(PHL, PersonId("CHN"), "Ms CHN", LOG[-1].at_ms)
    with pytest.raises(RecordError):
        check(forge([*LOG[:-2], taken, *LOG[-2:]]))


def test_a_log_that_breaks_off_before_what_follows_by_itself_is_found():
    resolved = place_of(e.RoundResolved)
    with pytest.raises(RecordError, match=r"breaks off; the rules give .*phase_opened") as found:
        check(forge(LOG[: resolved + 1]))
    assert found.value.line == resolved + 3


def unplayable(scenario: Scenario) -> bytes:
    """Forge a match of a bot that nobody waits for, whose start would play every round at once."""
    alone = replace(scenario, arenas=(), seconds=PhaseSeconds(0, 0, 5, 0))
    (created,) = create_match(alone, "7", None, START_MS)
    return forge((created, e.BotSeated(CHN, "grudger", START_MS), opened_briefing()))


def opened_briefing() -> e.PhaseOpened:
    """What a start writes first."""
    return e.PhaseOpened(0, Phase.BRIEFING, START_MS, None)


def test_a_record_of_more_rounds_than_any_match_is_refused_before_they_are_played():
    """Each of them would be decided within one command, and kept."""
    with pytest.raises(RecordError, match="1000000000 rounds; no match has more than 200") as found:
        check(unplayable(a_scenario(rounds=10**9)))
    assert found.value.line == 2
    with pytest.raises(RecordError, match=r"the log breaks off|says otherwise"):
        check(unplayable(a_scenario(rounds=200)))


def test_a_record_of_more_players_or_meetings_than_any_match_is_refused():
    many = tuple(Seat(f"S{number}") for number in range(1000))
    (player, *_) = a_scenario().players
    crowd = replace(a_scenario(), players=tuple(replace(player, seat=seat) for seat in many))
    with pytest.raises(RecordError, match="1000 players; no match has more than 100"):
        check(forge(create_match(crowd, "7", None, START_MS)))
    (arena, *_) = a_scenario().arenas
    meeting = a_scenario(arenas=(replace(arena, members=many),))
    created = e.MatchCreated(1, meeting, "7", None, START_MS)
    with pytest.raises(RecordError, match="499500 pairs of members; no match has more than 129024"):
        check(forge([created]))


def test_a_file_larger_than_any_match_is_refused_before_it_is_read():
    with pytest.raises(RecordError, match=str(LARGEST_RECORD)):
        read_record(b"{" * (LARGEST_RECORD + 1))
