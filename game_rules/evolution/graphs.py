"""Graphs: neighbourhoods as arrays, from networkx."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from game_rules.errors import InvalidInput

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

KINDS = ("complete", "ring", "lattice", "lattice_8", "star")


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The neighbours of all nodes: those of node i are others[first[i]:first[i + 1]]."""

    first: "NDArray[np.int64]"
    others: "NDArray[np.int64]"

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self.first) - 1

    @classmethod
    def of(cls, graph: "nx.Graph") -> "Neighbours":
        """Build the neighbours of a graph's nodes, in their order.

        Raises InvalidInput if a node has no neighbour.
        """
        import numpy as np

        places = {node: place for place, node in enumerate(graph.nodes)}
        beside = [sorted(places[other] for other in graph[node]) for node in graph.nodes]
        if lonely := [node for node, others in zip(graph.nodes, beside, strict=True) if not others]:
            raise InvalidInput(f"node {lonely[0]} has no neighbour; give it an edge")
        first = np.cumsum([0, *map(len, beside)])
        return cls(first.astype(np.int64), np.array([*chain.from_iterable(beside)], np.int64))


def graph_of(kind: str, sizes: Sequence[int]) -> "nx.Graph":
    """Build a graph: complete, ring or star of sizes[0]; lattice of sizes[0] × sizes[1].

    lattice: four neighbours; lattice_8: eight; both are periodic.
    Raises InvalidInput for another kind or too few nodes.
    """
    import networkx as nx

    if kind not in KINDS:
        raise InvalidInput(f"graph {kind!r}; choose one of {', '.join(KINDS)}")
    least = 3 if kind.startswith("lattice") else 2
    needed = 2 if kind.startswith("lattice") else 1
    if len(sizes) != needed or min(sizes) < least:
        raise InvalidInput(f"sizes {tuple(sizes)}; {kind} needs {needed} of at least {least}")
    if kind == "complete":
        return nx.complete_graph(sizes[0])
    if kind == "ring":
        return nx.cycle_graph(sizes[0])
    if kind == "star":
        return nx.star_graph(sizes[0] - 1)
    lattice = nx.grid_2d_graph(*sizes, periodic=True)
    return _with_diagonals(lattice, *sizes) if kind == "lattice_8" else lattice


def _with_diagonals(lattice: "nx.Graph", rows: int, columns: int) -> "nx.Graph":
    for row, column in tuple(lattice.nodes):
        for step in (-1, 1):
            lattice.add_edge((row, column), ((row + 1) % rows, (column + step) % columns))
    return lattice
