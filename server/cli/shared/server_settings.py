"""The server's settings, for commands: what is wrong with one is wrong input."""

from typing import TYPE_CHECKING, Any

from server.cli.shared.errors import WrongInput

if TYPE_CHECKING:
    from server.settings import Settings


def settings_of(**given: Any) -> "Settings":
    """Read the settings; what is given wins over DETENTE_* variables. Raises WrongInput."""
    from server.settings import SettingsError, read_settings

    try:
        return read_settings(**given)
    except SettingsError as error:
        raise WrongInput(str(error)) from error
