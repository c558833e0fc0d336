"""The tables of how a match went: itself, its people, phases and injects."""

from collections.abc import Iterator
from dataclasses import dataclass

from game_rules.log import events as e
from game_rules.roles import PersonId, Seat
from server.exports.columns import DataTable, Row, flag, moment, number, text, whole, words
from server.exports.story import Instant, Story


def matches(story: Story) -> Iterator[Row]:
    """Yield the row of the match."""
    last, scenario, about = story.last, story.last.scenario, story.about
    actions = [
        action
        for resolved in last.history
        for result in resolved.results
        for action in result.actions.values()
    ]
    whole_index = last.standing.integration
    ended = story.of(e.MatchEnded)
    yield {
        "is_shared": 0,
        "title": scenario.title,
        "table": about.number,
        "is_rehearsal": int(about.is_rehearsal),
        "rounds": scenario.rounds,
        "rounds_played": len(last.history),
        "pace": last.pace,
        "people": len({who for who, _ in _stays_of_people(story)}),
        "bots": sum(holder.is_bot for holder in last.holders.values()),
        "decisions": len(actions),
        "cooperation_share": sum(x == "C" for x in actions) / len(actions) if actions else None,
        "index": whole_index and whole_index.index,
        "outlook": whole_index and whole_index.outlook.value,
        "end_reason": last.end_reason,
        "created_ms": story.of(e.MatchCreated)[0].event.at_ms,
        "started_ms": _started(story),
        "ended_ms": ended[-1].event.at_ms if ended else None,
    }


def _started(story: Story) -> int | None:
    opened = (each.event for each in story.of(e.PhaseOpened))
    return next((event.at_ms for event in opened if event.phase is not e.Phase.LOBBY), None)


@dataclass(slots=True)
class _Stay:
    """The time that somebody held or shared a seat."""

    row: Row
    is_open: bool = True


def people(story: Story) -> Iterator[Row]:
    """Yield a row per time that a person or a bot held or shared a seat."""
    stays: list[tuple[object, Seat, _Stay]] = []
    for each in _comings_and_goings(story):
        event = each.event
        who = _who(event)
        if isinstance(event, (e.SeatTaken, e.BotSeated, e.SeatVacated)):
            _leave(stays, event.seat, None, event.at_ms)
        elif isinstance(event, e.DelegateLeft):
            _leave(stays, event.seat, event.person, event.at_ms)
        if isinstance(event, (e.SeatTaken, e.BotSeated, e.DelegateJoined)):
            stays.append((who, event.seat, _Stay(_came(story, each, event.seat))))
        if isinstance(event, e.PenPassed):
            for known, seat, stay in stays:
                if stay.is_open and (known, seat) == (event.person, event.seat):
                    stay.row["had_pen"] = 1
    return (stay.row for _, _, stay in stays)


def _comings_and_goings(story: Story) -> list[Instant]:
    kinds = (e.SeatTaken, e.BotSeated, e.SeatVacated, e.DelegateJoined, e.DelegateLeft, e.PenPassed)
    found = [each for kind in kinds for each in story.of(kind)]
    return sorted(found, key=lambda each: each.place)


def _who(event: e.Event) -> PersonId | None:
    return event.person if isinstance(event, (e.SeatTaken, e.DelegateJoined)) else None


def _stays_of_people(story: Story) -> Iterator[tuple[PersonId, Seat]]:
    for kind in (e.SeatTaken, e.DelegateJoined):
        for each in story.of(kind):
            yield each.event.person, each.event.seat


def _came(story: Story, each: Instant, seat: Seat) -> Row:
    event = each.event
    is_bot = isinstance(event, e.BotSeated)
    return {
        "round": each.before.round,
        "is_shared": each.is_shared,
        "seat": seat,
        "person": story.called(_who(event)),
        "holder": "bot" if is_bot else "person",
        "strategy": event.strategy if is_bot else None,
        "had_pen": int(isinstance(event, (e.SeatTaken, e.BotSeated))),
        "came_ms": event.at_ms,
    }


def _leave(
    stays: list[tuple[object, Seat, _Stay]], seat: Seat, person: PersonId | None, at_ms: int
) -> None:
    """Close the stays at a seat: of one person, or of all who are there."""
    for known, place, stay in stays:
        if stay.is_open and place == seat and person in (None, known):
            stay.row["left_ms"], stay.is_open = at_ms, False


def phases(story: Story) -> Iterator[Row]:
    """Yield a row per phase, with its length and how much of that the clock stood still."""
    opened = story.of(e.PhaseOpened)
    ended = story.of(e.MatchEnded)
    last_ms = ended[-1].event.at_ms if ended else None
    stops = _pauses(story)
    kinds = (e.DeadlineMoved, e.MatchResumed)
    moved = sorted((x.event.at_ms, x.event.deadline_ms) for kind in kinds for x in story.of(kind))
    for place, each in enumerate(opened):
        began = each.event
        follows = opened[place + 1].event.at_ms if place + 1 < len(opened) else last_ms
        until = began.at_ms if follows is None else follows
        ends = [deadline for at_ms, deadline in moved if began.at_ms <= at_ms < until]
        yield {
            **story.at(each, began.round),
            "phase": began.phase.value,
            "opened_ms": began.at_ms,
            "closed_ms": follows,
            "length_ms": None if follows is None else follows - began.at_ms,
            "paused_ms": sum(max(0, min(b, until) - max(a, began.at_ms)) for a, b in stops),
            "first_deadline_ms": began.deadline_ms,
            "last_deadline_ms": ends[-1] if ends else began.deadline_ms,
        }


def _pauses(story: Story) -> list[tuple[int, int]]:
    """Pair each pause with the moment at which the clock ran again."""
    resumed = [each.event.at_ms for each in story.of(e.MatchResumed)]
    end = story.log[-1].at_ms
    stops = []
    for each in story.of(e.MatchPaused):
        at_ms = each.event.at_ms
        stops.append((at_ms, next((later for later in resumed if later >= at_ms), end)))
    return stops


def injects(story: Story) -> Iterator[Row]:
    """Yield a row per inject that was opened."""
    closed = {each.event.inject: each.event.at_ms for each in story.of(e.InjectClosed)}
    for each in story.of(e.InjectOpened):
        opened = each.event
        yield {
            **story.at(each, opened.round),
            "inject": opened.inject.name,
            "title": opened.inject.title,
            "text": opened.inject.text,
            "first_round": opened.first_round,
            "last_round": opened.last_round,
            "effects": " ".join(
                f"{x.arena}:{x.member or '*'}:{x.parameter}:{x.change:+g}"
                for x in opened.inject.effects
            ),
            "opened_ms": opened.at_ms,
            "closed_ms": closed.get(opened.inject.name),
        }


MATCHES = DataTable(
    "matches",
    "one match",
    (
        text("title", "The title of the scenario"),
        whole("table", "The number of the table in its class; empty outside a class"),
        flag("is_rehearsal", "1 if the match is of a rehearsal, a class that was set up as one"),
        whole("rounds", "The most rounds that the scenario plays", "rounds"),
        whole("rounds_played", "The rounds that were resolved", "rounds"),
        number("pace", "What phases' times are multiplied by; empty without a clock"),
        whole("people", "How many people held or shared a seat"),
        whole("bots", "How many seats bots held at the end"),
        whole("decisions", "How many actions were played"),
        number("cooperation_share", "The share of C among all actions", "share"),
        number("index", "The integration index after the last round, from 0 to 100"),
        text("outlook", "The future that it points to: optimistic, contested or pessimistic"),
        text("end_reason", "Why the match ended: rounds_played, chance or facilitator"),
        moment("created_ms", "When the match was made"),
        moment("started_ms", "When its first phase after the lobby opened"),
        moment("ended_ms", "When the match ended"),
    ),
    matches,
)

PEOPLE = DataTable(
    "people",
    "one time that a person or a bot held or shared a seat; round is when it began",
    (
        text("holder", "person or bot"),
        text("strategy", "The strategy of the bot"),
        flag("had_pen", "1 if this one ever ordered for the seat, 0 for who only shared it"),
        moment("came_ms", "When this one came to the seat"),
        moment("left_ms", "When this one left it; empty if never"),
    ),
    people,
)

PHASES = DataTable(
    "phases",
    "one phase of a match",
    (
        text("phase", "briefing, negotiation, decision or reveal"),
        moment("opened_ms", "When it opened"),
        moment("closed_ms", "When the next phase opened, or the match ended"),
        whole("length_ms", "How long it was open, in milliseconds"),
        whole("paused_ms", "How long of this the clock stood still, in milliseconds"),
        moment("first_deadline_ms", "The deadline when it opened; empty if no clock ran"),
        moment("last_deadline_ms", "The deadline after pauses and more time"),
    ),
    phases,
)

INJECTS = DataTable(
    "injects",
    "one inject that was opened",
    (
        text("inject", "The name of the inject"),
        text("title", "Its title"),
        text("text", "Its text"),
        whole("first_round", "The first round in which it counts"),
        whole("last_round", "The last round in which it counts; empty if it is permanent"),
        words("effects", "Each as ARENA:SEAT:PARAMETER:CHANGE; * stands for every member"),
        moment("opened_ms", "When it was opened"),
        moment("closed_ms", "When it ended"),
    ),
    injects,
)
