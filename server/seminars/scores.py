"""Read the tables of a class, for its duplicate scores."""

from server.hosting.registry import Registry
from server.seminars.duplicate import Scored, duplicate_scores, results_of
from server.seminars.store import Roster


async def class_scores(
    registry: Registry, roster: Roster, *, of_ended: bool = False
) -> tuple[Scored, ...]:
    """Score the seats of a class by the rounds that were resolved so far.

    of_ended: compare the tables that have ended, and no others. Tables that cannot be read are left
    out. Raises StoreError.
    """
    hosts = {host.match_id: host for host in await registry.readable(roster.match_ids)}
    return duplicate_scores(
        result
        for known in roster.matches
        if (host := hosts.get(known.match)) is not None and (host.position.is_over or not of_ended)
        for result in results_of(known, host.position)
    )
