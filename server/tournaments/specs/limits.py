"""How large a tournament a browser may start: what takes about half a minute in the background."""

from game_rules.errors import InvalidInput
from server.tournaments.specs.kinds import pieces_of
from server.tournaments.specs.settings import TournamentKind
from server.tournaments.specs.spec import TournamentSpec

MOST_ENTRANTS = 64
MOST_MATCHES = 500_000
MOST_SECONDS = 30
PIECE_SECONDS = {False: 0.1, True: 1.0}
"""About what a piece takes, sampled or exact."""
KINDS = (TournamentKind.ROUND_ROBIN, TournamentKind.ECOLOGICAL)
MOST_SHOWN_TURNS = 2_000


def require_small(spec: TournamentSpec) -> None:
    """Refuse what would keep a server busy for long. Raises InvalidInput with limit and remedy."""
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
