"""What a match's row keeps of its digest, by which the library is searched."""

from typing import Any

from game_rules.records.digest import DIGEST_VERSION, Digest

NO_DIGEST: dict[str, Any] = {
    "ended_at_ms": None,
    "outlook": None,
    "incidents": None,
    "breaches": None,
    "digest_version": 0,
}
"""The columns of a row without one."""


def digest_columns(digest: Digest) -> dict[str, Any]:
    """Return the columns of a match's row that a digest fills."""
    incidents = " ".join(digest.incidents)
    return {
        "seats": digest.seats,
        "ended_at_ms": digest.ended_at_ms,
        "outlook": digest.outlook,
        "incidents": f" {incidents} " if incidents else "",
        "breaches": digest.breaches,
        "digest_version": DIGEST_VERSION,
    }
