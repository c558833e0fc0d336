"""With a sandbox, where there is one, and without."""

import os

import pytest

from server.tournaments.guests import sandbox

REQUIRED = "DETENTE_SANDBOX_TESTS"
"""Set by continuous integration, which installs bubblewrap: its tests must not be skipped there."""


def require_sandbox() -> None:
    """Skip a test, with the reason, where bubblewrap is not to be had."""
    if sandbox.is_offered():
        return
    assert REQUIRED not in os.environ, "no sandbox here; install bubblewrap"
    pytest.skip("no sandbox here: bubblewrap is not installed, or may not be used")


def without_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    """Play as where there is none."""
    monkeypatch.setattr(sandbox, "is_offered", lambda: False)
