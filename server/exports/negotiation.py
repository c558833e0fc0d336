"""The tables of talk and bargaining: messages, proposals, answers, pacts and pledges."""

from collections.abc import Iterator, Mapping

from game_rules.log import events as e
from game_rules.log.position import Position
from game_rules.match.talk import text_of
from game_rules.roles import PersonId
from game_rules.scenario.pacts import Pact, PactTerms, Pledge
from server.exports.columns import DataTable, Row, flag, moment, number, text, whole, words
from server.exports.story import Instant, Story


def talk(story: Story) -> Iterator[Row]:
    """Yield a row per message."""
    for place, each in enumerate(story.of(e.MessageSaid), start=1):
        said = each.event
        given = said.arguments.given()
        yield {
            **story.at(each, said.round),
            "seat": said.sender,
            "person": _speaker(story, each.before, said),
            "arena": given.get("arena"),
            "message": place,
            "phase": each.before.phase.value,
            "sender": said.sender or "facilitator",
            "room": _room(said),
            "seats": " ".join(said.room),
            "act": said.act,
            "sentence": said.sentence,
            "about_seat": given.get("seat"),
            "about_action": given.get("action"),
            "about_round": given.get("round"),
            "about_points": given.get("number"),
            "about_binding": given.get("binding"),
            "voice": given.get("voice"),
            "text": text_of(said, each.before),
            "said_ms": said.at_ms,
        }


def _speaker(story: Story, position: Position, said: e.MessageSaid) -> str | None:
    """Return the pseudonym of who spoke: in rules 1 a shared seat's events have names."""
    if said.sender is None:
        return None
    holder = position.holders.get(said.sender)
    people = () if holder is None else holder.people
    known = {x.name: x.person for x in people} | {x.person: x.person for x in people}
    if said.speaker in known:
        return story.called(PersonId(known[said.speaker]))
    return story.person(position, said.sender)


def _room(said: e.MessageSaid) -> str:
    """Name the kind of room: who could read it besides the facilitator, who reads all."""
    if said.sender is None and said.room:
        return "facilitator"
    kinds = {0: "public", 1: "facilitator", 2: "bilateral"}
    return kinds.get(len(said.room), "group")


def proposals(story: Story) -> Iterator[Row]:
    """Yield a row per proposal, with what became of it."""
    ends = _ends_of_proposals(story)
    for each in story.of(e.ProposalMade):
        made = each.event
        yield {
            **story.at(each, made.round, made.proposer),
            "proposal": story.numbers[made.number],
            **_terms(made.terms),
            "outcome": "lapsed",
            "made_ms": made.at_ms,
            **ends.get(made.number, {}),
        }


def _ends_of_proposals(story: Story) -> Mapping[int, Row]:
    ends: dict[int, Row] = {}
    for each in story.of(e.PactConcluded):
        ends[each.event.pact.number] = {"outcome": "concluded", "ended_ms": each.event.at_ms}
    for each in story.of(e.ProposalAnswered):
        if not each.event.accepts:
            end = {"outcome": _refusal(each), "ended_by": each.event.seat}
            ends[each.event.number] = {**end, "ended_ms": each.event.at_ms}
    for each in story.of(e.ProposalCountered):
        counter = story.numbers.get(each.event.counter)
        end = {"outcome": "countered", "ended_by": each.event.seat, "counter": counter}
        ends[each.event.number] = {**end, "ended_ms": each.event.at_ms}
    return ends


def _refusal(each: Instant[e.ProposalAnswered]) -> str:
    open_ones = each.before.proposals
    own = next((x for x in open_ones if x.number == each.event.number), None)
    is_own = own is not None and own.accepted[0] == each.event.seat
    return "withdrawn" if is_own else "declined"


def answers(story: Story) -> Iterator[Row]:
    """Yield a row per answer to a proposal, in order."""
    given: list[tuple[Instant, str]] = [
        (each, "accepted" if each.event.accepts else _refusal(each))
        for each in story.of(e.ProposalAnswered)
    ]
    given += [(each, "countered") for each in story.of(e.ProposalCountered)]
    for each, answer in sorted(given, key=lambda one: one[0].place):
        event = each.event
        yield {
            **story.at(each, event.round, event.seat),
            "proposal": story.numbers[event.number],
            "answer": answer,
            "answered_ms": event.at_ms,
        }


def pacts(story: Story) -> Iterator[Row]:
    """Yield a row per pact that came into force; those of the scenario first."""
    broken = _breaches(story)
    for pact in story.last.scenario.pacts:
        yield {"is_shared": int(story.lineage.shared > 0), **_pact(story, pact, broken)}
    for each in story.of(e.PactConcluded):
        yield {
            **story.at(each, each.event.round),
            **_pact(story, each.event.pact, broken),
            "concluded_ms": each.event.at_ms,
        }


def _pact(story: Story, pact: Pact, broken: Mapping[int, int]) -> Row:
    return {
        "pact": story.numbers[pact.number],
        **_terms(pact.terms),
        "first_round": pact.first_round,
        "last_round": pact.last_round,
        "breaches": broken.get(pact.number, 0),
    }


def _breaches(story: Story) -> Mapping[int, int]:
    count: dict[int, int] = {}
    for each in story.of(e.RoundResolved):
        for breach in each.event.breaches:
            count[breach.pact] = count.get(breach.pact, 0) + 1
    return count


def pledges(story: Story) -> Iterator[Row]:
    """Yield a row per pledge and round in which it was binding."""
    for each in story.of(e.RoundResolved):
        for pact in each.before.pacts:
            for pledge in pact.terms.pledges:
                yield from _pledge(story, each, pact, pledge)


def _pledge(
    story: Story, each: Instant[e.RoundResolved], pact: Pact, pledge: Pledge
) -> Iterator[Row]:
    resolved = each.event
    result = next((x for x in resolved.results if x.arena == pledge.arena), None)
    is_due = pact.binds(pledge.seat, resolved.round)
    if result is None or not is_due or pledge.seat not in result.actions:
        return
    yield {
        **story.at(each, resolved.round, pledge.seat),
        "arena": pledge.arena,
        "pact": story.numbers[pact.number],
        **_binding(pact.terms),
        "first_round": pact.first_round,
        "last_round": pact.last_round,
        "pledged": pledge.action.value,
        "played": result.actions[pledge.seat].value,
        **_outcome(pact, pledge, resolved, result.sources[pledge.seat]),
    }


def _outcome(pact: Pact, pledge: Pledge, resolved: e.RoundResolved, source: e.OrderSource) -> Row:
    for breach in resolved.breaches:
        if (breach.pact, breach.seat, breach.arena) == (pact.number, pledge.seat, pledge.arena):
            return {"outcome": "broken", "forfeited": breach.forfeited}
    outcome = "executed" if source is e.OrderSource.EXECUTED else "kept"
    return {"outcome": outcome, "forfeited": 0.0}


def _binding(terms: PactTerms) -> Row:
    return {
        "binding": terms.binding.value,
        "stake": terms.stake,
        "is_conditional": int(terms.is_conditional),
        "parties": " ".join(terms.parties),
    }


def _terms(terms: PactTerms) -> Row:
    return {
        **_binding(terms),
        "rounds": terms.rounds,
        "pledges": " ".join(f"{x.seat}:{x.arena}:{x.action}" for x in terms.pledges),
        "transfers": " ".join(f"{x.giver}:{x.taker}:{x.points:g}" for x in terms.transfers),
    }


_LEVELS = "communique, treaty, escrow or executed"
_BINDING = (
    text("binding", f"How strongly it binds: {_LEVELS}"),
    number("stake", "The stake of each pledge, which a breach forfeits", "points"),
    flag("is_conditional", "1 if it binds a party only while all others kept it"),
    words("parties", "The seats that are party to it"),
)
_TERMS = (
    *_BINDING,
    whole("rounds", "For how many rounds it binds", "rounds"),
    words("pledges", "What is pledged, each as SEAT:ARENA:ACTION"),
    words("transfers", "What is paid in each round, each as GIVER:TAKER:POINTS"),
)

TALK = DataTable(
    "talk",
    "one message, in order",
    (
        whole("message", "The number of the message in its match, from 1"),
        text("phase", "The phase in which it was sent"),
        text("sender", "The seat that spoke, or facilitator"),
        text(
            "room",
            "Who could read it: public (everyone), bilateral (two seats), group (more seats), or "
            "facilitator (between seats and the facilitator alone)",
        ),
        words("seats", "The seats in the room; empty for everyone"),
        text("act", "propose, promise, threaten or assure; empty for a plain message"),
        text("sentence", "The sentence of the catalogue that it says; empty for free text"),
        text("about_seat", "The seat that the sentence speaks to"),
        text("about_action", "The action that the sentence speaks of: C or D"),
        whole("about_round", "The round that the sentence speaks of"),
        number("about_points", "The points that the sentence speaks of", "points"),
        text("about_binding", f"The level of the pact that the sentence speaks of: {_LEVELS}"),
        text("voice", "The school in whose words the sentence is said"),
        text("text", "The text as written, or the sentence in English"),
        moment("said_ms", "When it was sent"),
    ),
    talk,
)

PROPOSALS = DataTable(
    "proposals",
    "one proposal of a pact; seat is who made it",
    (
        whole("proposal", "The number of the proposal in its match; its pact has the same number"),
        *_TERMS,
        text(
            "outcome",
            "What became of it: concluded, declined, withdrawn, countered, or lapsed with the "
            "round",
        ),
        text("ended_by", "The seat that declined, withdrew or countered it"),
        whole("counter", "The number of the proposal made in its place"),
        moment("made_ms", "When it was made"),
        moment("ended_ms", "When it was concluded, declined, withdrawn or countered"),
    ),
    proposals,
)

ANSWERS = DataTable(
    "answers",
    "one answer to a proposal; seat is who answered",
    (
        whole("proposal", "The number of the proposal in its match"),
        text("answer", "accepted, declined, withdrawn (by its proposer) or countered"),
        moment("answered_ms", "When the answer was given"),
    ),
    answers,
)

PACTS = DataTable(
    "pacts",
    "one pact that came into force; its round is empty if the scenario has it from the start",
    (
        whole("pact", "The number of the pact in its match, which is that of its proposal"),
        *_TERMS,
        whole("first_round", "The first round in which it binds"),
        whole("last_round", "The last round in which it binds"),
        whole("breaches", "How many pledges were broken"),
        moment("concluded_ms", "When the last party accepted"),
    ),
    pacts,
)

PLEDGES = DataTable(
    "pledges",
    "one pledge in one round in which it was binding",
    (
        whole("pact", "The number of the pact in its match"),
        *_BINDING,
        whole("first_round", "The first round in which the pact binds"),
        whole("last_round", "The last round in which the pact binds"),
        text("pledged", "The action that was pledged: C or D"),
        text("played", "The action that was played: C or D"),
        text("outcome", "kept, broken, or executed (by the engine)"),
        number("forfeited", "The part of the stake that went to the other parties", "points"),
    ),
    pledges,
)
