"""The largest tournament that a browser may start: about half a minute of work."""

from game_rules.errors import InvalidInput
from server.tournaments.specs.kinds import pieces_of
from server.tournaments.specs.settings import TournamentKind
from server.tournaments.specs.spec import TournamentSpec

MOST_ENTRANTS = 64
MOST_MATCHES = 500_000
MOST_SECONDS = 30
PIECE_SECONDS = {False: 0.1, True: 1.0}
"""An estimate of the time of a piece, sampled or exact."""
KINDS = (TournamentKind.ROUND_ROBIN, TournamentKind.ECOLOGICAL)
MOST_SHOWN_TURNS = 2_000


def require_small(spec: TournamentSpec) -> None:
    """Refuse a spec that is too large. Raises InvalidInput with limit and remedy."""
    remedy = "or run it with: detente tournament run"
    if spec.kind not in KINDS:
        kinds = " or ".join(KINDS)
        raise InvalidInput(f"kind {spec.kind}; a browser starts {kinds}: choose one, {remedy}")
    entrants, matches = len(spec.entrants), spec.contest.match_count
    if entrants > MOST_ENTRANTS:
        problem = f"{entrants} entrants; a browser starts at most {MOST_ENTRANTS}"
        raise InvalidInput(f"{problem}: name fewer, {remedy}")
    if matches > MOST_MATCHES:
        problem = f"{matches} matches; a browser starts at most {MOST_MATCHES}"
        raise InvalidInput(f"{problem}: repeat less often, {remedy}")
    seconds = len(pieces_of(spec)) * PIECE_SECONDS[spec.is_exact]
    if seconds > MOST_SECONDS:
        problem = f"about {seconds:.0f} s of work; a browser starts at most {MOST_SECONDS}"
        raise InvalidInput(f"{problem}: take fewer turns, repetitions or entrants, {remedy}")
