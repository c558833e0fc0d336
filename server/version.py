"""Which version of the software this is."""

from importlib.metadata import PackageNotFoundError, version


def _installed_version() -> str:
    try:
        return version("detente")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0.0.0"


SOFTWARE_VERSION = _installed_version()
