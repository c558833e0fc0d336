"""What a debrief tells: the verdict, what happened, the moments, the pledges.

Each function gives remarks whose numbers stand in the rows that they name.
"""

from collections.abc import Iterator
from itertools import pairwise

from game_rules.continuations.breaches import BreachEffect, JudgedBreach
from game_rules.continuations.choices import JudgedChoice
from game_rules.debrief import remarks as r
from game_rules.debrief.course import Course, Round
from game_rules.debrief.exhibits import round_id, seat_id, totals
from game_rules.debrief.remarks import Remark
from game_rules.log.events import MatchEnded

NEAR = 1.0
"""Of the index: a smaller change is none to speak of. Assumption."""

PARTS = ("cooperation", "cross_bloc", "trust", "autonomy", "calm")


def verdict(course: Course) -> Iterator[Remark]:
    """Say how the region ended, what moved the index, and who gained most and least.

    Source: rules section 4 for the index.
    """
    first, last = course.rounds[0], course.rounds[-1]
    x = last.integration
    ends = {"index": r.index(x.index), "outlook": r.word("outlook", x.outlook.value)}
    yield Remark("verdict.index", (round_id(last.number),), ends)
    if len(course.rounds) > 1:
        change = x.index - first.integration.index
        way = "level" if abs(change) < NEAR else "rose" if change > 0 else "fell"
        moved = {"first": r.index(first.integration.index), "last": r.index(x.index)}
        yield Remark(f"verdict.{way}", (round_id(first.number), round_id(last.number)), moved)
    part = min(PARTS, key=lambda name: getattr(x, name))
    weakest = {"part": r.word("part", part), "share": r.share(getattr(x, part))}
    yield Remark("verdict.weakest", (round_id(last.number),), weakest)
    yield from _ranks(course)
    yield from _end(course)


def _end(course: Course) -> Iterator[Remark]:
    """Say why the match ended, and after how many of its rounds."""
    said = totals(course)
    told = {"rounds": said["rounds"], "planned": said["planned_rounds"]}
    for ended in course.trunk.log:
        if isinstance(ended, MatchEnded):
            yield Remark(f"verdict.ended.{ended.reason.value}", ("totals",), told)


def _ranks(course: Course) -> Iterator[Remark]:
    """Name who gained most and who gained least, as it is written: several may be equal."""
    gains = {seat: r.rounded(points) for seat, points in course.last.totals.items()}
    most, least = max(gains.values()), min(gains.values())
    if most == least:
        evidence = tuple(map(seat_id, gains))
        yield Remark(
            "verdict.equal", evidence, {"points": r.points(course.last.totals[course.seats[0]])}
        )
        return
    for kind, gained in (("most", most), ("least", least)):
        held = tuple(seat for seat in gains if gains[seat] == gained)
        told = {"seats": r.seats(held), "points": r.points(course.last.totals[held[0]])}
        yield Remark(f"verdict.{kind}", tuple(map(seat_id, held)), told)


def story(course: Course) -> Iterator[Remark]:
    """Tell the match in order: how it opened, where it turned, what was signed and said."""
    first = course.rounds[0]
    yield Remark("story.opening", (round_id(first.number),), _cooperated(first))
    yield from _turns(course)
    yield from _incidents(course)
    said = totals(course)
    if said["messages"].value:
        told = {"messages": said["messages"], "promises": said["promises"]}
        yield Remark("story.words", ("totals",), told)
    if said["pacts"].value:
        yield Remark("story.pacts", ("totals",), {"pacts": said["pacts"]})
    if said["moves"].value:
        yield Remark("story.moves", ("totals",), {"moves": said["moves"]})


def _cooperated(each: Round) -> dict[str, r.Value]:
    return {
        "round": r.count(each.number),
        "count": r.count(each.cooperated),
        "whole": r.count(len(each.actions)),
    }


def _turns(course: Course) -> Iterator[Remark]:
    """Name the round in which cooperation rose most, and that in which it fell most."""
    steps = [(_rate(b) - _rate(a), a, b) for a, b in pairwise(course.rounds)]
    if not steps:
        return
    least = min(steps, key=lambda step: step[0])
    most = max(steps, key=lambda step: step[0])
    for kind, (change, before, after) in (("rise", most), ("fall", least)):
        if (change > 0) is (kind == "rise") and change:
            was = {"before": r.count(before.cooperated), "all": r.count(len(before.actions))}
            evidence = round_id(before.number), round_id(after.number)
            yield Remark(f"story.{kind}", evidence, {**_cooperated(after), **was})


def _rate(each: Round) -> float:
    """Return the share of choices that cooperated. Source: rules section 4 for cooperation."""
    return each.cooperated / len(each.actions) if each.actions else 0.0


def _incidents(course: Course) -> Iterator[Remark]:
    """Name the first round of each concept, with all seats that it met there."""
    seen = set()
    for each in course.rounds:
        for incident in each.resolved.incidents:
            if incident.concept in seen or not incident.seats:
                continue
            seen.add(incident.concept)
            here = (x.seats for x in each.resolved.incidents if x.concept is incident.concept)
            seats = tuple(dict.fromkeys(seat for x in here for seat in x))
            told = {"round": r.count(each.number), "seats": r.seats(seats)}
            yield Remark(f"incident.{incident.concept.value}", (round_id(each.number),), told)


def moments(course: Course) -> Iterator[Remark]:
    """Name the choices that cost most, each with its reason and what else it changed."""
    if not course.moments:
        yield Remark("moments.none", ("totals",))
    for place, each in enumerate(course.moments, 1):
        row = (f"moment-{place}",)
        yield Remark("moment", row, _chosen(each))
        yield Remark("moment.cost", row, _cost(each))
        assert each.reason is not None, "it is regretted for a reason"
        yield Remark(f"reason.{each.reason.kind.value}", row)
        if abs(each.index) >= NEAR:
            way = "higher" if each.index > 0 else "lower"
            yield Remark(f"moment.{way}", row, {"index": r.index(each.index)})
        if each.likewise:
            yield Remark("moment.likewise", row, {"seats": r.seats(each.likewise)})


def _chosen(each: JudgedChoice) -> dict[str, r.Value]:
    choice = each.choice
    return {
        "round": r.count(choice.round),
        "arena": r.arena(choice.arena),
        "seat": r.seat(choice.seat),
        "action": r.word("action", choice.action.value),
    }


def _cost(each: JudgedChoice) -> dict[str, r.Value]:
    whole = each.at_once + each.later  # Source: Savage 1951, as in `choices`
    return {"points": r.points(whole), "share": r.share(each.regret)}


def pledges(course: Course) -> Iterator[Remark]:
    """Say how many pledges were kept, and what each breach brought to whom."""
    said = totals(course)
    if not said["pledges"].value:
        yield Remark("pledges.none", ("totals",))
        return
    names = ("pledges", "kept", "executed", "broken")
    yield Remark("pledges.due", ("totals",), {name: said[name] for name in names})
    for place, each in enumerate(course.breaches, 1):
        row = (f"breach-{place}",)
        told = {
            "round": r.count(each.round),
            "arena": r.arena(each.breach.arena),
            "seat": r.seat(each.breach.seat),
            "own": r.points(each.own),
            "others": r.points(each.others),
        }
        yield Remark(f"breach.{_name_of(each)}", row, told)
        if each.is_planned:
            yield Remark("breach.planned", row)


def _name_of(each: JudgedBreach) -> str:
    """Name the sentence of a breach: one that hurt the others may have hurt the breaker too."""
    is_loss = each.effect is BreachEffect.SABOTAGE and r.rounded(each.own) < 0
    return "sabotage.lost" if is_loss else each.effect.value
