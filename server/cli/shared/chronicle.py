"""Events besides orders, round by round: deals, pacts, moves, breaches, incidents."""

from collections.abc import Iterable, Iterator, Mapping

from game_rules.log.events import (
    Event,
    PactConcluded,
    ProposalAnswered,
    ProposalCountered,
    ProposalMade,
    RoundResolved,
)
from game_rules.scenario.pacts import Binding, Breach, PactTerms
from game_rules.scenario.scenario import Arena
from server.cli.shared.words import count, incident_words, move_words

BINDINGS: Mapping[Binding, str] = {
    Binding.COMMUNIQUE: "communique",
    Binding.TREATY: "treaty",
    Binding.ESCROW: "escrow",
    Binding.EXECUTED: "executed pact",
}

Titles = Mapping[str, str]


def titles_of(arenas: Iterable[Arena]) -> Titles:
    """Give arenas' titles by their names."""
    return {arena.name: arena.title for arena in arenas}


def chronicle(log: Iterable[Event], titles: Titles) -> Iterator[str]:
    """Tell what happened, a line each, in order; deals that failed say by whom.

    log: as a viewer sees it. Arenas that have no title here are called by their names.
    """
    open_terms: dict[int, tuple[str, PactTerms]] = {}
    for event in log:
        match event:
            case ProposalMade():
                open_terms[event.number] = (event.proposer, event.terms)
            case ProposalAnswered(accepts=False) if event.number in open_terms:
                yield _failed(event, "declined", open_terms.pop(event.number), titles)
            case ProposalCountered() if event.number in open_terms:
                yield _failed(event, "countered", open_terms.pop(event.number), titles)
            case PactConcluded():
                yield f"round {event.round}, pact: {terms_words(event.pact.terms, titles)}"
            case RoundResolved():
                yield from _round(event, titles)


def _failed(
    event: ProposalAnswered | ProposalCountered,
    how: str,
    proposed: tuple[str, PactTerms],
    titles: Titles,
) -> str:
    proposer, terms = proposed
    head = f"round {event.round}, {how} by {event.seat}: {proposer} proposed"
    return f"{head} {terms_words(terms, titles)}"


def _round(resolved: RoundResolved, titles: Titles) -> Iterator[str]:
    for opened in resolved.moves:
        yield move_words(resolved.round, opened, founds_arenas=resolved.change is None)
    for breach in resolved.breaches:
        yield f"round {resolved.round}, breach: {breach_words(breach, titles)}"
    yield from map(incident_words, resolved.incidents)


def terms_words(terms: PactTerms, titles: Titles) -> str:
    """Say what is agreed: how binding, for how long, who pledges what where.

    >>> from game_rules.games.stage_games import C
    >>> from game_rules.scenario.pacts import Pledge
    >>> pledges = (Pledge("JPN", "forum", C), Pledge("KOR", "forum", C))
    >>> terms_words(PactTerms(("JPN", "KOR"), pledges, (), 3, Binding.TREATY), {})
    'treaty for 3 rounds, C of JPN and KOR in forum'
    """
    stake = f" of {terms.stake:g} points" if terms.stake else ""
    parts = [f"{BINDINGS[terms.binding]}{stake} for {count(terms.rounds, 'round')}"]
    pledged: dict[tuple[str, str], list[str]] = {}
    for pledge in terms.pledges:
        pledged.setdefault((pledge.action.value, pledge.arena), []).append(pledge.seat)
    parts += [
        f"{action} of {_and(seats)} in {titles.get(arena, arena)}"
        for (action, arena), seats in pledged.items()
    ]
    parts += [f"{x.points:g} points from {x.giver} to {x.taker}" for x in terms.transfers]
    return ", ".join(parts) + (", while all keep it" if terms.is_conditional else "")


def breach_words(breach: Breach, titles: Titles) -> str:
    """Say who broke its word, where, and what it forfeited."""
    cost = f", and forfeits {breach.forfeited:g}" if breach.forfeited else ""
    return f"{breach.seat} breaks its word in {titles.get(breach.arena, breach.arena)}{cost}"


def _and(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
