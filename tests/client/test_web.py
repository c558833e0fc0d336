"""The browser client's own tests and types, as one command with the rest."""

import pytest

from tests.client.web import run_tool, run_vitest


@pytest.mark.slow
def test_the_browser_client_keeps_its_laws() -> None:
    run_vitest()


@pytest.mark.slow
def test_the_browser_client_has_sound_types() -> None:
    run_tool("node_modules/svelte-check/bin/svelte-check", "--fail-on-warnings")
