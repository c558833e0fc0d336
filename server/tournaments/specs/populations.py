"""Populations that evolve by the payoffs of a round robin: ecological, Moran, spatial."""

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import TYPE_CHECKING, Any

from game_rules.chance import chance
from game_rules.errors import InvalidInput
from game_rules.evolution.dynamics import ecology
from game_rules.evolution.graphs import Neighbours, graph_of
from game_rules.strategies.kit.draws import mix
from server.tournaments.specs import expectations, round_robin
from server.tournaments.specs.pieces import Piece
from server.tournaments.specs.settings import TournamentKind
from server.tournaments.specs.spec import TournamentSpec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_SHOWN = 400
"""How many points of a path are kept; a longer one is thinned."""
MOST_CELLS = 10_000
MOST_COUNTS = 50_000_000


def pieces(spec: TournamentSpec) -> tuple[Piece, ...]:
    """The pieces of the round robin."""
    return _base(spec).pieces(spec)


def play(spec: TournamentSpec, piece: Piece) -> bytes:
    """Play one of them."""
    return _base(spec).play(spec, piece)


def document(spec: TournamentSpec, played: Sequence[bytes]) -> dict[str, Any]:
    """Return the result of the round robin, and the evolution of the population."""
    made = _base(spec).document(spec, played)
    matrix = _base(spec).results_of(spec, played).payoff_matrix
    path, more = _LIVES[spec.kind](spec, matrix)
    step = -(-len(path) // MOST_SHOWN)
    shown = [*range(0, len(path) - 1, step), len(path) - 1]
    a_step = spec.options["generations"] / (len(path) - 1)
    return {
        **made,
        **dict(spec.options),
        "population": {
            "generations": [round(i * a_step, 6) for i in shown],
            "shares": [[round(share, 6) for share in path[i]] for i in shown],
            **more,
        },
    }


def _base(spec: TournamentSpec) -> Any:
    return expectations if spec.is_exact else round_robin


def _key(spec: TournamentSpec, label: str) -> int:
    return mix(int(chance(spec.seed, label) * 2.0**53))


def _ecological(spec: TournamentSpec, matrix: "Floats") -> tuple[list[list[float]], dict[str, Any]]:
    import numpy as np

    shares = np.full(len(matrix), 1 / len(matrix))
    return ecology(matrix, shares, spec.options["generations"]).tolist(), {}


def _moran(spec: TournamentSpec, matrix: "Floats") -> tuple[list[list[float]], dict[str, Any]]:
    from game_rules.evolution.moran import Process, Update, fixation, run

    options = spec.options
    steps = options["generations"] * prod(options["size"])
    _require_room(steps, len(matrix))
    neighbours = _neighbours(spec)
    process = Process(
        matrix=matrix,
        kinds=_settlers(spec, neighbours.size),
        neighbours=neighbours,
        mutation=options["mutation"],
        selection=options["selection"],
        update=Update(options["update"]),
    )
    path = run(process, _key(spec, "moran"), steps) / neighbours.size
    more: dict[str, Any] = {"inhabitants": neighbours.size}
    if options["runs"]:
        won = fixation(process, _key(spec, "fixation"), options["runs"], steps)
        more["fixation"] = won.tolist()
    thin = max(1, steps // MOST_SHOWN)
    return [*path[:-1:thin].tolist(), path[-1].tolist()], more


def _spatial(spec: TournamentSpec, matrix: "Floats") -> tuple[list[list[float]], dict[str, Any]]:
    import numpy as np

    from game_rules.evolution.spatial import imitate_by_chance, imitate_the_best

    options = spec.options
    steps = options["generations"]
    _require_room(steps, prod(options["size"]))
    neighbours = _neighbours(spec)
    start = _settlers(spec, neighbours.size)
    if options["imitate"] == "best":
        path = imitate_the_best(matrix, start, neighbours, steps, plays_itself=True)
    else:
        key = _key(spec, "spatial")
        path = imitate_by_chance(matrix, start, neighbours, steps, key, options["caution"])
    counts = np.array([np.bincount(kinds, minlength=len(matrix)) for kinds in path])
    more: dict[str, Any] = {"inhabitants": neighbours.size}
    if len(options["size"]) == 2 and neighbours.size <= MOST_CELLS:
        more["grids"] = [path[0].tolist(), path[-1].tolist()]
    return (counts / neighbours.size).tolist(), more


def _neighbours(spec: TournamentSpec) -> Neighbours:
    return Neighbours.of(graph_of(spec.options["graph"], spec.options["size"]))


def _settlers(spec: TournamentSpec, places: int) -> "NDArray[np.int64]":
    """Place equal numbers of each kind at random, from the seed."""
    import numpy as np

    from game_rules.contests.randomness import half_words

    low, high = half_words(_key(spec, "settlers"), places)
    kinds = np.empty(places, np.int64)
    kinds[np.lexsort((low, high))] = np.arange(places) % len(spec.entrants)
    return kinds


def _require_room(steps: int, width: int) -> None:
    if steps * width > MOST_COUNTS:
        raise InvalidInput(
            f"{steps} steps of {width} figures; the most is {MOST_COUNTS} figures: "
            "give fewer generations or a smaller size"
        )


_LIVES: Mapping[
    TournamentKind, Callable[[TournamentSpec, "Floats"], tuple[list[list[float]], dict[str, Any]]]
] = {
    TournamentKind.ECOLOGICAL: _ecological,
    TournamentKind.MORAN: _moran,
    TournamentKind.SPATIAL: _spatial,
}
