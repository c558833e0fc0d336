"""Masked scenarios: the same game among countries that go by letters, for experiments.

A treatment, as the advisor is one (rules section 5).

Whether names and reputations sway people is a question of its own; so nothing that a viewer gets
of a masked match names a country, its seat, its place or its figures. Texts are not searched for
names but replaced whole, for no search finds "the largest state on the shore".
"""

from collections.abc import Sequence
from dataclasses import replace

from game_rules.errors import InvalidInput
from game_rules.roles import Seat
from game_rules.scenario.injects import Inject, InjectEffect
from game_rules.scenario.pacts import Pact
from game_rules.scenario.scenario import (
    NO_TIES,
    Arena,
    Figure,
    Player,
    PowerMeasure,
    Scenario,
    Ties,
)

SOURCE = "Masked"

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TITLE = "Masked countries"
_SUMMARY = "Countries that go by letters decide each round what to honour and what to press."
_BRIEFING = (
    "In this match countries go by letters. Who they stand for is not said, and does not matter: "
    "what counts is what each arena pays, and what the others do.",
    "In each arena you belong to you choose C or D in secret: to cooperate, or to press one's own "
    "advantage. All choices open at once. The points are assumptions made for play.",
)
_QUESTIONS = (
    "Trust: which step made others believe you, and what would have made it cheaper to believe?",
    "Dependency: on whom did you lean, and what would a second partner have changed?",
    "Which issue could have been tied to another, so that breaking it cost more?",
    "Which game did you think you were in, and which one was it?",
    "Who could have settled a dispute here, and what would they have needed from you?",
)
_ABOUT = "To cooperate is to keep to what was agreed. To defect is to press one's own advantage."


def masked(scenario: Scenario) -> Scenario:
    """Return the same scenario with letters for countries and neutral texts.

    Games, weights, rivals, ties, pacts, links and injects stay what they are, under other names.
    Raises InvalidInput for a population: mask a scenario before its seats are paired.

    >>> from game_rules.scenario_files.scenarios import load_scenario
    >>> hidden = masked(load_scenario("india_pakistan"))
    >>> hidden.seats, hidden.players[0].name, hidden.arenas[0].name
    (('XA', 'XB', 'XC'), 'Country A', 'arena_1')
    """
    if scenario.is_masked:
        return scenario
    if scenario.population is not None:
        raise InvalidInput(f"{scenario.name} is a population; mask it before its seats are paired")
    mask = _Mask(scenario)
    return replace(
        scenario,
        name="masked",
        title=_TITLE,
        summary=_SUMMARY,
        briefing=_BRIEFING,
        questions=_QUESTIONS,
        players=mask.players(),
        arenas=tuple(mask.arena(arena) for arena in scenario.arenas),
        rivals=tuple((mask.seats[i], mask.seats[j]) for i, j in scenario.rivals),
        starts=tuple(
            replace(each, seats=mask.pair(each.seats), source=SOURCE) for each in scenario.starts
        ),
        trade=mask.ties(scenario.trade),
        affinity=mask.ties(scenario.affinity),
        deck=tuple(mask.inject(n, x) for n, x in enumerate(scenario.deck, start=1)),
        pacts=tuple(mask.pact(pact) for pact in scenario.pacts),
        links=tuple((mask.arenas[one], mask.arenas[other]) for one, other in scenario.links),
        is_masked=True,
    )


def masked_inject(inject: Inject, scenario: Scenario) -> Inject:
    """Return news written for a scenario as its mask has it: a card becomes its masked card.

    Of news written on the spot the words stay, for whoever wrote them answers for them, and the
    effects go by their masked names. Names that the scenario does not know stay too, to be refused.

    >>> from game_rules.scenario_files.scenarios import load_scenario
    >>> sea = load_scenario("south_china_sea")
    >>> masked_inject(sea.deck[0], sea).name
    'news_1'
    """
    if inject in (deck := tuple(replace(card, round=inject.round) for card in scenario.deck)):
        return replace(masked(scenario).deck[deck.index(inject)], round=inject.round)
    return replace(inject, effects=_Mask(scenario).effects(inject))


def letters(number: int) -> str:
    """Return the letters of a country, counted from 0.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    first, last = divmod(number, len(_ALPHABET))
    return (letters(first - 1) if first else "") + _ALPHABET[last]


class _Mask:
    """The masked names of seats and arenas."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.seats = {s: Seat(f"X{letters(n)}") for n, s in enumerate(scenario.seats)}
        self.arenas = {x.name: f"arena_{n}" for n, x in enumerate(scenario.arenas, start=1)}
        self.power = _power(scenario.players, scenario.power)

    def players(self) -> tuple[Player, ...]:
        return tuple(self._player(n, each) for n, each in enumerate(self.scenario.players))

    def _player(self, number: int, player: Player) -> Player:
        measure, name = self.scenario.power, f"Country {letters(number)}"
        figures = {}
        if measure.value in player.figures:
            figures[measure.value] = self.share(player.figures[measure.value])
        influence = player.influence
        if influence is not None:
            influence = replace(influence, pair=self.pair(influence.pair), source=SOURCE)
        return Player(
            seat=self.seats[player.seat],
            name=name,
            brief=f"You are {name}.",
            figures=figures,
            kind=player.kind,
            capacity=player.capacity,
            influence=influence,
        )

    def arena(self, arena: Arena) -> Arena:
        name = self.arenas[arena.name]
        overrides = (
            replace(each, member=self.seats[each.member], source=SOURCE) for each in arena.overrides
        )
        return replace(
            arena,
            name=name,
            title=name.replace("arena_", "Arena "),
            about=_ABOUT,
            members=self.named(arena.members),
            overrides=tuple(overrides),
            grounds=tuple(replace(each, source=SOURCE) for each in arena.grounds),
            weights={self.seats[seat]: self.of_all(x) for seat, x in arena.weights.items()},
        )

    def ties(self, ties: Ties) -> Ties:
        if ties is NO_TIES or not ties.values:
            return ties
        values = {
            self.seats[i]: {self.seats[j]: value for j, value in row.items()}
            for i, row in ties.values.items()
        }
        return replace(ties, values=values, year=None, source=SOURCE)

    def inject(self, number: int, inject: Inject) -> Inject:
        return replace(
            inject,
            name=f"news_{number}",
            title=f"News {number}",
            text="Something changes from outside; the arenas show what.",
            effects=self.effects(inject),
        )

    def effects(self, inject: Inject) -> tuple[InjectEffect, ...]:
        return tuple(
            replace(
                each,
                arena=self.arenas.get(each.arena, each.arena),
                member=None if each.member is None else self.seats.get(each.member, each.member),
            )
            for each in inject.effects
        )

    def pact(self, pact: Pact) -> Pact:
        terms = pact.terms
        pledges = (
            replace(each, seat=self.seats[each.seat], arena=self.arenas[each.arena])
            for each in terms.pledges
        )
        transfers = (
            replace(each, giver=self.seats[each.giver], taker=self.seats[each.taker])
            for each in terms.transfers
        )
        hidden = replace(
            terms,
            parties=self.named(terms.parties),
            pledges=tuple(pledges),
            transfers=tuple(transfers),
        )
        return replace(pact, terms=hidden, breakers=self.named(pact.breakers))

    def share(self, figure: Figure) -> Figure:
        """Return a figure of power as a share: it weighs the same, and names nobody."""
        return replace(
            figure,
            value=self.of_all(figure.value),
            unit="% of all countries here",
            year=None,
            source=SOURCE,
        )

    def of_all(self, weight: float) -> float:
        """Return a raw weight in % of all countries' power, where they are weighed by power."""
        return 100.0 * weight / self.power if self.power else weight

    def pair(self, seats: tuple[Seat, Seat]) -> tuple[Seat, Seat]:
        first, second = seats
        return self.seats[first], self.seats[second]

    def named(self, seats: Sequence[Seat]) -> tuple[Seat, ...]:
        return tuple(self.seats[seat] for seat in seats)


def _power(players: Sequence[Player], measure: PowerMeasure) -> float:
    total = 0.0
    for player in players:
        if measure.value in player.figures:
            total += player.figures[measure.value].value
    return total
