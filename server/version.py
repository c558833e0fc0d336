"""The version of the software."""

from importlib.metadata import PackageNotFoundError, version


def _installed_version() -> str:
    try:
        return version("detente")
    except PackageNotFoundError:  # run from a checkout that was not installed
        return "0.0.0"


SOFTWARE_VERSION = _installed_version()
