"""A copy of a database beside it, before its tables are changed."""

import filecmp
import itertools
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path


def keep_copy(path: Path, revision: str) -> Path:
    """Copy a database to a file beside it that names its revision; return that file.

    A file that is there is never overwritten: an equal one will do, beside others the copy gets a
    number. Raises OSError or sqlite3.Error; then nothing is left behind.
    """
    draft = path.with_name(f"{path.name}.copy-{os.getpid()}")
    try:
        _backup(path, draft)
        shutil.copymode(path, draft)
        return next(filter(None, (_place(draft, copy) for copy in _names(path, revision))))
    finally:
        draft.unlink(missing_ok=True)


def _backup(path: Path, draft: Path) -> None:
    """Copy one moment of a database, with what is in its write-ahead log."""
    with closing(sqlite3.connect(path)) as whole, closing(sqlite3.connect(draft)) as copy:
        whole.backup(copy)


def _names(path: Path, revision: str) -> "itertools.chain[Path]":
    first = path.with_name(f"{path.name}.schema-{revision}")
    more = (first.with_name(f"{first.name}.{number}") for number in itertools.count(2))
    return itertools.chain([first], more)


def _place(draft: Path, copy: Path) -> Path | None:
    """Put the draft in its place; None if something else is there."""
    try:
        os.link(draft, copy)  # fails if the name is taken, where a rename would overwrite
    except FileExistsError:
        return copy if filecmp.cmp(draft, copy, shallow=False) else None
    return copy
