"""The tables of what rounds leave behind: the index, points, relations, institutions, tensions."""

from collections.abc import Iterator, Mapping

from game_rules.log import events as e
from game_rules.log.gains import GainLine
from game_rules.roles import Seat
from game_rules.standing.incidents import costs
from game_rules.standing.standing import Standing, trust
from server.exports.columns import DataTable, Row, flag, moment, number, text, whole, words
from server.exports.story import Instant, Story

_BESIDE = tuple(line for line in GainLine if line is not GainLine.ARENAS)


def rounds(story: Story) -> Iterator[Row]:
    """Yield a row per round that was resolved: the index and its parts."""
    for each in story.of(e.RoundResolved):
        after, resolved = each.after.standing, each.event
        whole_index = after.integration
        yield {
            **story.at(each, resolved.round),
            "cooperation_share": _cooperation(resolved),
            "index": whole_index and whole_index.index,
            "outlook": whole_index and whole_index.outlook.value,
            "cooperation": whole_index and whole_index.cooperation,
            "cross_bloc": whole_index and whole_index.cross_bloc,
            "trust": whole_index and whole_index.trust,
            "autonomy": whole_index and whole_index.autonomy,
            "calm": whole_index and whole_index.calm,
            "inside": whole_index and whole_index.inside,
            "calm_rounds": after.calm_rounds,
            "fragmented_rounds": after.fragmented_rounds,
            "resolved_ms": resolved.at_ms,
        }


def _cooperation(resolved: e.RoundResolved) -> float | None:
    actions = [action for result in resolved.results for action in result.actions.values()]
    return sum(action == "C" for action in actions) / len(actions) if actions else None


def points(story: Story) -> Iterator[Row]:
    """Yield a row per round and seat: its points, by line."""
    for each in story.of(e.RoundResolved):
        resolved, lines = each.event, _lines(each)
        for seat, gain in resolved.gains.items():
            beside = {line.value: lines.get(line, {}).get(seat, 0.0) for line in _BESIDE}
            yield {
                **story.at(each, resolved.round, seat),
                "arenas": _paid(resolved, seat),
                **beside,
                "gain": gain,
                "total": each.after.totals.get(seat),
            }


def _lines(each: Instant[e.RoundResolved]) -> Mapping[GainLine, Mapping[Seat, float]]:
    """Return what gains hold beside payoffs; rules 1 have it in parts of the event."""
    resolved = each.event
    if each.before.rules_version > 1:
        return resolved.lines
    taken = costs(resolved.incidents)
    return {
        GainLine.INCIDENTS: {seat: -cost for seat, cost in taken.items()},
        GainLine.MOVES: {opened.seat: -opened.cost for opened in resolved.moves},
        GainLine.PACTS: resolved.settlements,
    }


def _paid(resolved: e.RoundResolved, seat: Seat) -> float:
    paid = 0.0
    for result in resolved.results:
        paid += result.payoffs.get(seat, 0.0)
    return paid


def relations(story: Story) -> Iterator[Row]:
    """Yield a row per round and ordered pair of seats that have met, after the round."""
    for each, number_, standing in _standings(story):
        for seat, row in standing.faith.items():
            person = story.person(each.after, seat)
            warmth = standing.affinity.get(seat, {})
            needs = standing.dependency.get(seat, {})
            for other in row:
                yield {
                    "round": number_,
                    "seat": seat,
                    "person": person,
                    "is_shared": each.is_shared,
                    "about": other,
                    "trust": trust(standing, seat, other),
                    "affinity": warmth.get(other),
                    "dependency": needs.get(other),
                }


def institutions(story: Story) -> Iterator[Row]:
    """Yield a row per round and arena, after the round."""
    for each, number_, standing in _standings(story):
        for arena, strength in standing.institutions.items():
            yield {
                "round": number_,
                "arena": arena,
                "is_shared": each.is_shared,
                "institution": strength,
                "norm": standing.norms.get(arena),
                "produced": standing.produced.get(arena),
            }


def tensions(story: Story) -> Iterator[Row]:
    """Yield a row per round and pair of rivals, after the round."""
    for each, number_, standing in _standings(story):
        for pair in standing.rivals:
            yield {
                **story.at(each, number_, pair.seats[0]),
                "rival": pair.seats[1],
                "tension": pair.tension,
                "rung": pair.rung,
                "is_in_crisis": int(pair.is_in_crisis),
                "arming_rounds": pair.arming_rounds,
            }


def _standings(story: Story) -> Iterator[tuple[Instant, int, Standing]]:
    """Yield the standing before the first round as round 0, then after each round."""
    for each in story.of(e.MatchCreated):
        yield each, 0, each.after.standing
    for each in story.of(e.RoundResolved):
        yield each, each.event.round, each.after.standing


def incidents(story: Story) -> Iterator[Row]:
    """Yield a row per incident."""
    for each in story.of(e.RoundResolved):
        for place, incident in enumerate(each.event.incidents, start=1):
            yield {
                **story.at(each, incident.round, incident.seats[0] if incident.seats else None),
                "arena": incident.arena,
                "incident": place,
                "concept": incident.concept.value,
                "seats": " ".join(incident.seats),
                "cost": incident.cost,
                "figures": " ".join(f"{name}={x:g}" for name, x in incident.figures.items()),
            }


ROUNDS = DataTable(
    "rounds",
    "one round that was resolved",
    (
        number("cooperation_share", "The share of C among all actions of the round", "share"),
        number("index", "The integration index, from 0 to 100"),
        text("outlook", "The future that it points to: optimistic, contested or pessimistic"),
        number("cooperation", "The part of the index for cooperation by weight", "share"),
        number("cross_bloc", "The part for cooperation between seats no bloc unites", "share"),
        number("trust", "The part for mean trust", "share"),
        number("autonomy", "The part for mean autonomy", "share"),
        number("calm", "The part for calm: 1 less the mean tension", "share"),
        number("inside", "Cooperation inside blocs, beside the index; rules 2", "share"),
        whole("calm_rounds", "Rounds since a crisis", "rounds"),
        whole("fragmented_rounds", "Rounds running in which blocs kept to themselves", "rounds"),
        moment("resolved_ms", "When all orders were revealed"),
    ),
    rounds,
)

POINTS = DataTable(
    "points",
    "one seat in one round",
    (
        number("arenas", "What its arenas paid", "points"),
        number("incidents", "What abandonment and entrapment took, in rules 1", "points"),
        number("shadow", "What rivals' blocs took, in rules 2", "points"),
        number("stretch", "What commitments beyond capacity took, in rules 2", "points"),
        number("leverage", "What a main partner's defection took, in rules 2", "points"),
        number("moves", "What its move cost", "points"),
        number("pacts", "What transfers and stakes of pacts moved", "points"),
        number("gain", "All points of the round", "points"),
        number("total", "All points up to and with this round", "points"),
    ),
    points,
)

STANDING = DataTable(
    "standing",
    "one seat's figures about another that it has met, after a round; round 0 is the start",
    (
        text("about", "The other seat"),
        number("trust", "Trust of the seat in the other", "share"),
        number("affinity", "Affinity of the seat to the other, from -1 to 1"),
        number("dependency", "The share of the seat's benefits that the other made", "share"),
    ),
    relations,
)

INSTITUTIONS = DataTable(
    "institutions",
    "one arena after a round; round 0 is the start",
    (
        number("institution", "The strength of its institution", "share"),
        number("norm", "Its norm of cooperation", "share"),
        number("produced", "What it produced in the round, in rules 2", "share"),
    ),
    institutions,
)

TENSIONS = DataTable(
    "tensions",
    "one pair of rivals after a round; round 0 is the start; seat is the first of the two",
    (
        text("rival", "The second of the two seats"),
        number("tension", "The tension between them", "share"),
        whole("rung", "In rules 2: 0 calm, 1 strained, 2 crisis, 3 brink"),
        flag("is_in_crisis", "1 if their crisis is open"),
        whole("arming_rounds", "Rounds running in which both defected and tension rose", "rounds"),
    ),
    tensions,
)

INCIDENTS = DataTable(
    "incidents",
    "one incident of a round; seat is whom it befell",
    (
        whole("incident", "The number of the incident in its round"),
        text(
            "concept",
            "abandonment, entrapment, crisis, spiral, fragmentation, brink or leverage",
        ),
        words("seats", "All seats that it concerns, whom it befell first"),
        number("cost", "The points that it took from the seat", "points"),
        words("figures", "The numbers that made it one, each as NAME=NUMBER"),
    ),
    incidents,
)
