"""The browser client's own tests and linters, as one command with the rest."""

import pytest

from tests.client.web import output_of, run_vitest

COMMAND = "uv run python -m client.run"
REMEDIES = {
    "format": f"format the files: `{COMMAND} fix`",
    "lint": f"mend what a program can: `{COMMAND} fix`; look again: `{COMMAND} lint`",
    "layers": "move the file, or what it needs, to a layer of client/web/.dependency-cruiser.mjs",
    "unused": f"remove what is unused, or its `export`: `{COMMAND} unused --fix`",
    "types": f"look again: `{COMMAND} types`",
}


@pytest.mark.slow
def test_the_browser_client_keeps_its_laws() -> None:
    run_vitest()


@pytest.mark.slow
@pytest.mark.parametrize("script", REMEDIES)
def test_a_checker_finds_nothing_in_the_browser_client(script: str) -> None:
    status, said = output_of(script)
    assert status == 0, f"{said}\n{REMEDIES[script]}"
