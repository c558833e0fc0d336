"""Commitments: what one more costs in effort, and which to give up.

Best replies are of one arena each, and effort is of all together: so bots and the advisor weigh
commitments here. Source: Kennedy 1987 (overstretch).
"""

from collections.abc import Callable, Iterator, Mapping


def given_up(
    gains: Mapping[str, float], held: int, price_of_last: Callable[[int], float]
) -> Iterator[str]:
    """Yield the commitments that gain less than the effort of the last one, the least first.

    gains: of C over D, in those arenas that may be given up. held: how many commitments there are,
    with those that may not. price_of_last: what the last of so many costs. Source: Kennedy 1987.

    >>> [*given_up({"a": 2.0, "b": 1.0, "c": 3.0}, 4, lambda held: 1.5 * max(0, held - 3))]
    ['b']
    """
    for name in sorted(gains, key=lambda each: gains[each]):
        if gains[name] >= price_of_last(held):
            return
        yield name
        held -= 1
