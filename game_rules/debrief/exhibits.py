"""The exhibits of a debrief: every figure that a sentence may say, in the row that it names."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from game_rules.continuations.breaches import BreachEffect
from game_rules.debrief import remarks as r
from game_rules.debrief.course import Course, Due, Round, is_equilibrium
from game_rules.debrief.remarks import NOTHING, Exhibit, Row, Value
from game_rules.games.corners import game_class
from game_rules.games.stage_games import C
from game_rules.log import events as e
from game_rules.roles import Seat
from game_rules.scenario.moves import MoveKind
from game_rules.standing.standing import Pair, RivalPair, Standing, trust


def exhibits_of(course: Course) -> tuple[Exhibit, ...]:
    """Make all exhibits of a match, those without rows left out."""
    every = (
        Exhibit("totals", TOTALS, (Row("totals", tuple(totals(course).values())),)),
        Exhibit("rounds", ROUNDS, tuple(_round_row(each) for each in course.rounds)),
        Exhibit("seats", SEATS, tuple(_seat_row(course, x) for x in course.seats)),
        Exhibit("arenas", ARENAS, tuple(_arena_row(course, x) for x in course.arenas)),
        Exhibit("pairs", PAIRS, tuple(_pair_row(course, x) for x in pairs_of(course))),
        Exhibit("moves", MOVES, tuple(_move_rows(course))),
        Exhibit("moments", MOMENTS, tuple(_moment_rows(course))),
        Exhibit("breaches", BREACHES, tuple(_breach_rows(course))),
        Exhibit("pacts", PACTS, tuple(_pact_rows(course))),
        Exhibit("compass", COMPASS, tuple(_compass_rows(course))),
        Exhibit("audit", AUDIT, tuple(_audit_row(course, x, n) for n, x in enumerate(course.due))),
    )
    return tuple(each for each in every if each.rows)


TOTALS = (
    *(
        "rounds",
        "planned_rounds",
        "choices",
        "cooperated",
        "meetings",
        "equilibria",
        "messages",
        "promises",
    ),
    *("pacts", "pledges", "kept", "executed", "broken", "selfish"),
    *("moves", "incidents"),
)
ROUNDS = (
    *("round", "index", "outlook", "part_cooperation", "part_cross_bloc", "part_trust"),
    *("part_autonomy", "part_calm", "cooperated", "choices", "breaches", "incidents"),
)
SEATS = (
    *("seat", "gained", "cooperated", "choices", "kept", "broken", "trusted", "moves"),
    *("bot", "difference"),
)
ARENAS = ("arena", "cooperated", "choices", "equilibria", "meetings", "norm_first", "norm_last")
PAIRS = ("pair", "trust_first", "trust_last", "tension_first", "tension_last", "gap")
MOVES = ("move", "made")
MOMENTS = (
    *("round", "seat", "arena", "action", "at_once", "later", "whole", "regret"),
    *("index_change", "trust_change", "likewise"),
)
BREACHES = ("round", "seat", "arena", "effect", "own", "others", "planned")
PACTS = ("pact", "parties", "level", "first_round", "last_round", "kept", "broken")
COMPASS = ("arena", "round", "greed", "fear", "class")
AUDIT = ("round", "pact", "seat", "arena", "promised", "done", "outcome")


def totals(course: Course) -> dict[str, Value]:
    """Count what happened over the whole match."""
    found = Counter[str]()
    for each in course.rounds:
        found["choices"] += len(each.actions)
        found["cooperated"] += each.cooperated
        found["incidents"] += len(each.resolved.incidents)
        found["moves"] += len(each.resolved.moves)
        for arena, result in each.played:
            profile = tuple(result.actions[x] for x in arena.members)
            found["meetings"] += 1
            found["equilibria"] += is_equilibrium(arena.game, profile)
    for due in course.due:
        found["pledges"] += 1
        found[due.outcome] += 1
    said = [x for x in course.last.messages if x.sender is not None]
    found["planned_rounds"] = course.last.scenario.rounds
    found["rounds"], found["pacts"] = len(course.rounds), len(course.pacts)
    found["messages"] = len(said)
    found["promises"] = sum(x.act in (e.Act.PROMISE, e.Act.ASSURE) for x in said)
    found["selfish"] = sum(x.effect is BreachEffect.SELFISH for x in course.breaches)
    return {name: r.count(found[name]) for name in TOTALS}


def round_id(number: int) -> str:
    """Return the address of a round."""
    return f"round-{number}"


def seat_id(seat: Seat) -> str:
    """Return the address of a seat."""
    return f"seat-{seat}"


def pair_id(pair: Pair) -> str:
    """Return the address of a pair."""
    return f"pair-{pair[0]}-{pair[1]}"


def arena_id(name: str) -> str:
    """Return the address of an arena."""
    return f"arena-{name}"


def move_id(kind: MoveKind) -> str:
    """Return the address of a kind of move."""
    return f"move-{kind.value}"


def pairs_of(course: Course) -> tuple[Pair, ...]:
    """List the pairs that met or are rivals, in the order of the seats."""
    rivals = {frozenset(x.seats) for x in course.last.standing.rivals}
    faith = course.last.standing.faith
    return tuple(
        (a, b)
        for a, b in combinations(course.seats, 2)
        if frozenset((a, b)) in rivals or b in faith.get(a, {})
    )


def cells_of(exhibits: tuple[Exhibit, ...]) -> dict[str, tuple[Value, ...]]:
    """Return the cells of every row, by its address."""
    return {row.id: row.cells for each in exhibits for row in each.rows}


def _round_row(each: Round) -> Row:
    x = each.integration
    parts = (x.cooperation, x.cross_bloc, x.trust, x.autonomy, x.calm)
    return Row(
        round_id(each.number),
        (
            r.count(each.number),
            r.index(x.index),
            r.word("outlook", x.outlook.value),
            *map(r.share, parts),
            r.count(each.cooperated),
            r.count(len(each.actions)),
            r.count(len(each.resolved.breaches)),
            r.count(len(each.resolved.incidents)),
        ),
    )


def _seat_row(course: Course, seat: Seat) -> Row:
    actions = [
        result.actions[seat]
        for each in course.rounds
        for result in each.resolved.results
        if seat in result.actions
    ]
    outcomes = Counter(due.outcome for due in course.due if due.pledge.seat == seat)
    moves = sum(x.seat == seat for each in course.rounds for x in each.resolved.moves)
    own, bots = course.last.totals[seat], course.of_bots.get(seat)
    return Row(
        seat_id(seat),
        (
            r.seat(seat),
            r.points(own),
            r.count(actions.count(C)),
            r.count(len(actions)),
            r.count(outcomes["kept"]),
            r.count(outcomes["broken"]),
            r.share(course.trust_in(seat, course.last.standing)),
            r.count(moves),
            NOTHING if bots is None else r.points(bots),
            NOTHING if bots is None else r.difference(own, bots),
        ),
    )


def _arena_row(course: Course, name: str) -> Row:
    played = [(x, y) for each in course.rounds for x, y in each.played if x.name == name]
    actions = [action for _, result in played for action in result.actions.values()]
    ends = [
        is_equilibrium(arena.game, tuple(result.actions[x] for x in arena.members))
        for arena, result in played
    ]
    return Row(
        arena_id(name),
        (
            r.arena(name),
            r.count(actions.count(C)),
            r.count(len(actions)),
            r.count(sum(ends)),
            r.count(len(ends)),
            *map(r.share, course.norms_of(name)),
        ),
    )


def mutual_trust(standing: Standing, pair: Pair) -> float:
    """Return the mean trust of two seats in each other. Source: rules section 4 for trust."""
    a, b = pair
    return (trust(standing, a, b) + trust(standing, b, a)) / 2


def tension_of(standing: Standing, pair: Pair) -> float | None:
    """Return the tension of a pair of rivals; None of others."""
    found: Iterator[RivalPair] = (x for x in standing.rivals if set(x.seats) == set(pair))
    rivals = next(found, None)
    return None if rivals is None else rivals.tension


def gap_of(course: Course, pair: Pair) -> Value:
    """Give how far the points of two seats are apart. Source: Grieco 1988 for relative gains."""
    less, more = sorted(course.last.totals[seat] for seat in pair)
    return r.difference(more, less)


def _pair_row(course: Course, pair: Pair) -> Row:
    first, last = course.start, course.last.standing
    tensions = [tension_of(first, pair), tension_of(last, pair)]
    return Row(
        pair_id(pair),
        (
            r.seats(pair),
            r.share(mutual_trust(first, pair)),
            r.share(mutual_trust(last, pair)),
            *(NOTHING if x is None else r.share(x) for x in tensions),
            gap_of(course, pair),
        ),
    )


def moves_made(course: Course) -> Counter[MoveKind]:
    """Count the moves of the match by kind."""
    return Counter(x.move.kind for each in course.rounds for x in each.resolved.moves)


def _move_rows(course: Course) -> Iterator[Row]:
    made = moves_made(course)
    for kind in course.last.scenario.moves.allowed:
        yield Row(move_id(kind), (r.word("move", kind.value), r.count(made[kind])))


def _moment_rows(course: Course) -> Iterator[Row]:
    for place, each in enumerate(course.moments, 1):
        choice = each.choice
        yield Row(
            f"moment-{place}",
            (
                r.count(choice.round),
                r.seat(choice.seat),
                r.arena(choice.arena),
                r.word("action", choice.action.value),
                r.points(each.at_once),
                r.difference(each.at_once + each.later, each.at_once),
                r.points(each.at_once + each.later),
                r.share(each.regret),
                r.index(each.index),
                r.share(each.trust),
                r.seats(each.likewise) if each.likewise else NOTHING,
            ),
        )


def _breach_rows(course: Course) -> Iterator[Row]:
    for place, each in enumerate(course.breaches, 1):
        yield Row(
            f"breach-{place}",
            (
                r.count(each.round),
                r.seat(each.breach.seat),
                r.arena(each.breach.arena),
                r.word("effect", each.effect.value),
                r.points(each.own),
                r.points(each.others),
                r.word("planned", "yes" if each.is_planned else "no"),
            ),
        )


def _pact_rows(course: Course) -> Iterator[Row]:
    for pact in course.pacts.values():
        number = course.numbers[pact.number]
        outcomes = Counter(x.outcome for x in course.due if x.pact.number == pact.number)
        yield Row(
            f"pact-{number}",
            (
                r.count(number),
                r.seats(pact.terms.parties),
                r.word("level", pact.terms.binding.value),
                r.count(pact.first_round),
                r.count(pact.last_round),
                r.count(outcomes["kept"] + outcomes["executed"]),
                r.count(outcomes["broken"]),
            ),
        )


def _compass_rows(course: Course) -> Iterator[Row]:
    """Say how far greed and fear went in each arena: the means of its members."""
    for each in course.rounds:
        for arena, _ in each.played:
            corners = [arena.game.corners(x) for x in range(arena.game.size)]
            size = len(corners)
            kinds = {game_class(arena.game, x).value for x in range(size)}
            yield Row(
                f"compass-{arena.name}-{each.number}",
                (
                    r.arena(arena.name),
                    r.count(each.number),
                    r.points(sum(x.greed for x in corners) / size),
                    r.points(sum(x.fear for x in corners) / size),
                    r.word("class", kinds.pop() if len(kinds) == 1 else "mixed"),
                ),
            )


def _audit_row(course: Course, due: Due, place: int) -> Row:
    return Row(
        f"pledge-{place + 1}",
        (
            r.count(due.round),
            r.count(course.numbers[due.pact.number]),
            r.seat(due.pledge.seat),
            r.arena(due.pledge.arena),
            r.word("action", due.pledge.action.value),
            r.word("action", due.played.value),
            r.word("outcome", due.outcome),
        ),
    )
