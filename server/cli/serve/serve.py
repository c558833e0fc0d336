"""`detente serve`: a server for a class, from nothing to the facilitator's link."""

import contextlib
import gc
import os
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import click

from server.cli.shared.errors import WrongInput
from server.cli.shared.server_settings import prepare_database, settings_of
from server.cli.shared.values import WholeNumber

if TYPE_CHECKING:
    from socket import socket

    from starlette.applications import Starlette

    from server.settings import Settings

HIGHEST_PORT = 65_535
MOST_WORKERS = 64


@click.command("serve")
@click.option(
    "--host", metavar="ADDRESS", help="Address to listen on; 127.0.0.1 accepts this machine only."
)
@click.option(
    "--port",
    type=WholeNumber(0, HIGHEST_PORT),
    help="Port to listen on; 0 takes any free port.  [default: 8000]",
)
@click.option(
    "--database",
    metavar="URL",
    help="Database for matches: sqlite:///FILE or postgresql://USER@HOST/NAME.",
)
@click.option("--scenarios", metavar="FOLDER", help="Folder with more scenarios (.toml files).")
@click.option(
    "--guest-play/--no-guest-play",
    default=None,
    help="Allow visitors to play alone against bots.  [default: --guest-play]",
)
@click.option(
    "--tournament-engine",
    metavar="ENGINE",
    help="Where tournaments are played: processes, or dask://HOST:PORT.  [default: processes]",
)
@click.option(
    "--workers",
    type=WholeNumber(1, MOST_WORKERS),
    default=1,
    show_default=True,
    help="Processes that share the port; more than one needs PostgreSQL.",
)
@click.option(
    "--open", "is_opened", is_flag=True, help="Open the facilitator's page in the browser."
)
def command(
    host: str | None,
    port: int | None,
    database: str | None,
    scenarios: str | None,
    guest_play: bool | None,
    tournament_engine: str | None,
    workers: int,
    is_opened: bool,
) -> None:
    """Run a server for a class.

    The server prints the facilitator's link and the address for everyone else. Phones and laptops
    in the same network can reach it. Visitors without a link or a code can play alone against bots;
    they see no other match. Ctrl-C stops the server. Matches continue at the next start.
    Environment variables (DETENTE_*) set the same options and more: see docs/operators.md.

    \b
    Examples:
      detente serve
      detente serve --host 127.0.0.1 --port 8080 --open
      detente serve --database sqlite:///seminar.sqlite3 --scenarios my_scenarios
    """
    options = {
        "host": host,
        "port": port,
        "database": database,
        "scenario_folder": scenarios,
        "guest_play": guest_play,
        "tournament_engine": tournament_engine,
    }
    with _start_without_collecting():
        given = {name: value for name, value in options.items() if value is not None}
        _serve(given, is_opened, workers)


@contextlib.contextmanager
def _start_without_collecting() -> Generator[None]:
    """Nothing of what a start imports is garbage; once it is ready, `run` collects again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _serve(given: dict[str, Any], is_opened: bool, workers: int) -> None:
    settings = _settings(given)
    from server.cli.serve.workers import helped, inner_door, reached_at, require_shared

    require_shared(settings.database, workers)
    from server.cli.serve.prerequisites import (
        address_here,
        claim_database,
        listen,
        require_client,
    )
    from server.settings import unknown_variables
    from server.version import SOFTWARE_VERSION

    with listen(settings.host, settings.port) as door, claim_database(settings.database):
        _tell(f"detente {SOFTWARE_VERSION} is starting ...")
        for remark in unknown_variables(os.environ):
            _tell(f"settings: {remark}")
        require_client(_tell)
        _tell(f"database: {prepare_database(settings.database)}")
        port = door.getsockname()[1]
        if workers > 1:
            with inner_door(settings) as inner, helped(settings, door, workers - 1):
                _run(reached_at(settings, inner), [door, inner], is_opened)
            return
        peer = settings.peer_address or f"{address_here(settings.host)}:{port}"
        _run(settings.model_copy(update={"peer_address": peer}), [door], is_opened)


def _run(settings: "Settings", doors: "list[socket]", is_opened: bool) -> None:
    from server.cli.serve.run import run

    app, port = _app(settings), doors[0].getsockname()[1]
    run(app, settings, doors, lambda: _announce(app, settings, port, is_opened))


def _settings(given: dict[str, Any]) -> "Settings":
    settings = settings_of(**given)
    folder = settings.scenario_folder
    if folder is not None and not folder.is_dir():
        raise WrongInput(f"--scenarios: {str(folder)!r} is no folder; give one with .toml files")
    return settings


def _app(settings: "Settings") -> "Starlette":
    from server.app import create_app
    from server.scenario_library import load_scenarios

    library = load_scenarios(settings.scenario_folder)
    _tell(f"scenarios: {len(library.scenarios)}")
    for remark in library.remarks:
        _tell(f"scenarios: {remark}")
    return create_app(settings, scenarios=library.scenarios)


def _announce(app: "Starlette", settings: "Settings", port: int, is_opened: bool) -> None:
    from server.cli.serve.prerequisites import address_here, is_reachable, qr

    page = settings.public_url or f"http://{address_here(settings.host)}:{port}/"
    link = f"{page}#/host/{app.state.services.host_secret}"
    _tell("")
    _tell(f"Facilitator, keep this link to yourself:  {link}")
    if settings.public_url is not None:
        _tell(f"Everyone else:                            {page}")
        click.echo(qr(page), nl=False)
    elif is_reachable(settings.host):
        _tell(f"Everyone else in this network:            {page}")
        click.echo(qr(page), nl=False)
    else:
        _tell(f"Only this machine can reach it; for phones, {_way_out(settings.host)}.")
    _tell("Ctrl-C stops the server; matches are kept.")
    if is_opened:
        click.launch(link)


def _way_out(host: str) -> str:
    """Name what keeps other machines out."""
    from server.cli.serve.prerequisites import ANYWHERE

    if host in ANYWHERE:
        return "connect it to a network"
    return "unset DETENTE_HOST" if os.environ.get("DETENTE_HOST") == host else "leave out --host"


def _tell(line: str) -> None:
    click.echo(line)  # flushes, so that a pipe gets it at once
