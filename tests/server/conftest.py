"""What the tests of the server share: databases of both kinds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes import fresh_database
from tests.postgres import Postgres, running_postgres


def pytest_itemcollected(item: pytest.Item) -> None:
    """Leave what needs PostgreSQL, a sixth of a core-second a test, to the whole suite."""
    assert isinstance(item, pytest.Function)
    given = item.callspec.params.values() if hasattr(item, "callspec") else ()
    if "postgresql" in given or any(name.endswith("postgres") for name in item.fixturenames):
        item.add_marker(pytest.mark.slow(measured=True))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Run one PostgreSQL for all tests of a process; skip them where there is none."""
    with running_postgres() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def any_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Make a migrated, empty database of each kind and give its URL."""
    if request.param == "sqlite":
        return fresh_database(tmp_path)
    return request.getfixturevalue("postgres").fresh()
