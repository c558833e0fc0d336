"""Leagues: bots play whole matches of a scenario, and each plays every seat."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game_rules import RULES_VERSION
from game_rules.bots.bot_match import play_bot_match
from game_rules.chance import chance
from game_rules.contests.ratings import Rating, climb
from game_rules.errors import InvalidInput
from game_rules.log.events import Event, RoundResolved
from game_rules.roles import Seat
from game_rules.scenario.scenario import Scenario
from game_rules.strategies import strategy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class League:
    """Bots that play a scenario repeatedly, on rotating seats.

    entrants: names of strategies. seasons: each has a random order of the entrants and as many
    matches as entrants. Entrants move by one seat per match, so each plays every seat once per
    season. seed: of all random numbers. version: of the rules that matches are played by.
    """

    scenario: Scenario
    entrants: tuple[str, ...]
    seasons: int = 1
    seed: str = "0"
    version: int = RULES_VERSION

    def __post_init__(self) -> None:
        if len(self.entrants) < 2:
            raise InvalidInput(f"{len(self.entrants)} entrants; a league needs at least 2")
        if self.seasons < 1:
            raise InvalidInput(f"{self.seasons} seasons; play at least 1")
        for name in self.entrants:
            strategy(name)

    @property
    def match_count(self) -> int:
        """The number of matches."""
        return self.seasons * len(self.entrants)

    @property
    def seats(self) -> tuple[Seat, ...]:
        """The seats that are members of at least one arena."""
        return tuple(seat for seat in self.scenario.seats if self.scenario.arenas_of(seat))

    def seating(self, match: int) -> tuple[int, ...]:
        """Return the index of the entrant on each playing seat in a match, from 0."""
        season, shift = divmod(match, len(self.entrants))
        order = sorted(
            range(len(self.entrants)), key=lambda i: chance(self.seed, "season", season, i)
        )
        return tuple(order[(shift + seat) % len(order)] for seat in range(len(self.seats)))


@dataclass(frozen=True, slots=True)
class LeagueMatch:
    """One match of a league. places: indices of entrants, by seat; points: per round, by seat."""

    match: int
    places: tuple[int, ...]
    points: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class LeaguePlace:
    """One row of a league table.

    points: per round, the mean over all seats played, each once per season. interval: the 95 %
    confidence interval of that mean over seasons; None after one season. rating: openskill,
    updated after each match.
    """

    place: int
    strategy: str
    points: float
    interval: tuple[float, float] | None
    rank: int
    matches: int
    rating: Rating


def league_log(league: League, match: int) -> tuple[Event, ...]:
    """Play one match of a league and return its log, the same every time."""
    if not 0 <= match < league.match_count:
        raise InvalidInput(f"match {match}; they go from 0 to {league.match_count - 1}")
    bots = {
        seat: league.entrants[place]
        for seat, place in zip(league.seats, league.seating(match), strict=True)
    }
    idle = {seat: league.entrants[0] for seat in league.scenario.seats if seat not in bots}
    seed = f"{league.seed}/match/{match}"
    return play_bot_match(league.scenario, {**bots, **idle}, seed, league.version)


def play_league_matches(league: League, first: int, last: int) -> tuple[LeagueMatch, ...]:
    """Play matches first to last - 1 of a league; a pure function, for any worker."""
    return tuple(_played(league, match) for match in range(first, last))


def league_table(league: League, matches: Sequence[LeagueMatch]) -> tuple[LeaguePlace, ...]:
    """Rank a league's entrants by points per round, best first.

    matches: all of the league's, in order.
    """
    import numpy as np

    if [played.match for played in matches] != list(range(league.match_count)):
        raise InvalidInput(f"{len(matches)} matches, not the {league.match_count} of the league")
    size = len(league.entrants)
    sums, times = np.zeros((size, league.seasons)), np.zeros((size, league.seasons))
    for played in matches:
        season = played.match // size
        for place, points in zip(played.places, played.points, strict=True):
            sums[place, season] += points
            times[place, season] += 1
    by_season = sums / times
    means, reach = by_season.mean(axis=1), _reach(by_season)
    ratings = _ladder(matches)
    return tuple(
        LeaguePlace(
            place=int(i),
            strategy=league.entrants[i],
            points=float(means[i]),
            interval=None
            if reach is None
            else (float(means[i] - reach[i]), float(means[i] + reach[i])),
            rank=1 + int((means > means[i] + 1e-9).sum()),
            matches=int(times[i].sum()),
            rating=ratings[i],
        )
        for i in np.argsort(-means, kind="stable")
    )


def _played(league: League, match: int) -> LeagueMatch:
    rounds = [e for e in league_log(league, match) if isinstance(e, RoundResolved)]
    totals = (sum(row.gains.get(seat, 0.0) for row in rounds) for seat in league.seats)
    points = tuple(total / len(rounds) for total in totals)
    return LeagueMatch(match, league.seating(match), points)


def _reach(by_season: "NDArray[np.float64]") -> "NDArray[np.float64] | None":
    import numpy as np
    from scipy.special import stdtrit

    seasons = by_season.shape[1]
    if seasons == 1:
        return None
    return stdtrit(seasons - 1, 0.975) * by_season.std(axis=1, ddof=1) / np.sqrt(seasons)


def _ladder(matches: Sequence[LeagueMatch]) -> dict[int, Rating]:
    """Rate after each match; an entrant on several seats counts with its mean points."""
    rated = climb({}, ({str(i): p for i, p in _means(played).items()} for played in matches))
    return {int(name): rating for name, rating in rated.items()}


def _means(played: LeagueMatch) -> dict[int, float]:
    points: dict[int, list[float]] = {}
    for place, got in zip(played.places, played.points, strict=True):
        points.setdefault(place, []).append(got)
    return {place: sum(got) / len(got) for place, got in points.items()}
