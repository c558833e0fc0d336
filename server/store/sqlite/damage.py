"""Recognise damage among the errors of SQLite, and word it without what the database holds."""

import sqlite3

from server.store.event_store import REMEDY, StoreDamaged, StoreUnavailable

_PRIMARY = 0xFF
_UNREADABLE = (
    sqlite3.SQLITE_IOERR_READ,
    sqlite3.SQLITE_IOERR_SHORT_READ,
    sqlite3.SQLITE_IOERR_CORRUPTFS,
)
"""A bad sector, and a file that was cut off."""

_UNDECODED = "Could not decode to UTF-8"
"""Python says so with the text that it could not decode, which may be secret."""


def refusal(what: str, error: BaseException | None) -> StoreUnavailable:
    """Build the refusal for an error of SQLite. what: what failed, as the start of a sentence."""
    damage = damage_of(error)
    if damage is None:
        return StoreUnavailable(f"{what}: {error}")
    return StoreDamaged(f"{what}: {damage}; {REMEDY}")


def damage_of(error: BaseException | None) -> str | None:
    """Name the damage that an error of SQLite reports; None for every other error."""
    if str(error).startswith(_UNDECODED):
        return "a page of it is damaged (text that is not UTF-8)"
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_NOTADB:
        return f"it is no database, or its first page is damaged ({error})"
    if code is not None and (code & _PRIMARY == sqlite3.SQLITE_CORRUPT or code in _UNREADABLE):
        return f"a page of it is damaged ({error})"
    return None
