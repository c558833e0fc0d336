"""What `detente serve` does before it serves: its address, its port, its client."""

import errno
import io
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from server.cli.serve import prerequisites
from server.cli.shared.errors import WrongInput
from server.cli.shared.server_settings import prepare_database
from server.edge import pages


@pytest.mark.parametrize(
    ("host", "is_reachable"),
    [
        ("127.0.0.1", False),
        ("127.1.2.3", False),
        ("localhost", False),
        ("::1", False),
        ("192.168.1.20", True),
        ("fd00::1", True),
        ("class.example.org", True),
    ],
)
def test_only_a_loopback_host_keeps_others_out(host: str, is_reachable: bool) -> None:
    assert prerequisites.is_reachable(host) is is_reachable


def test_listening_everywhere_is_reachable_where_there_is_a_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(prerequisites, "network_address", lambda: "192.168.1.20")
    assert prerequisites.is_reachable("0.0.0.0")  # noqa: S104
    assert prerequisites.address_here("0.0.0.0") == "192.168.1.20"  # noqa: S104
    monkeypatch.setattr(prerequisites, "network_address", lambda: None)
    assert not prerequisites.is_reachable("0.0.0.0")  # noqa: S104
    assert prerequisites.address_here("0.0.0.0") == "127.0.0.1"  # noqa: S104


def test_a_link_names_the_host_that_was_asked_for() -> None:
    assert prerequisites.address_here("127.0.0.1") == "127.0.0.1"
    assert prerequisites.address_here("fd00::1") == "[fd00::1]"


def test_the_network_address_is_an_address_or_none() -> None:
    found = prerequisites.network_address()
    assert found is None or socket.inet_aton(found)


class Terminal(io.StringIO):
    """A terminal that draws Unicode."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


PAGE = "http://192.168.1.20:8000/"


def test_a_code_to_scan_is_drawn_where_it_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "40")
    assert "█" in prerequisites.qr(PAGE)
    monkeypatch.setenv("COLUMNS", "20")
    assert prerequisites.qr(PAGE) == ""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "12")
    assert prerequisites.qr(PAGE) == ""


def test_no_code_is_written_to_a_file() -> None:
    assert prerequisites.qr(PAGE) == ""


def test_a_port_below_1024_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> socket.socket:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(prerequisites.socket, "create_server", refuse)
    with pytest.raises(WrongInput, match="port 80 is not for everybody; give a --port from 1024"):
        prerequisites.listen("127.0.0.1", 80)


def test_an_address_of_ipv6_gets_a_port_of_ipv6(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(
        prerequisites.socket, "create_server", lambda at, **how: asked.extend((at, how))
    )
    prerequisites.listen("::1", 8000)
    assert asked == [("::1", 8000), {"family": socket.AF_INET6, "backlog": prerequisites.WAITING}]


def test_a_database_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    url = f"sqlite:///{tmp_path}/file/x.sqlite3"
    with pytest.raises(WrongInput, match="cannot be written"), prerequisites.claim_database(url):
        pass


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3").write_text("not a database" * 100)
    with pytest.raises(WrongInput, match=r"file is not a database.*give another --database"):
        prepare_database(f"sqlite:///{tmp_path}/x.sqlite3")


def test_a_claim_is_given_back(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.sqlite3"
    for _ in range(2):
        with prerequisites.claim_database(url):
            pass


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def no_client(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "client_folder", lambda: None)


def test_a_built_client_is_taken_as_it_is(
    monkeypatch: pytest.MonkeyPatch, told: list[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(pages, "client_folder", lambda: tmp_path)
    prerequisites.require_client(told.append)
    assert told == []


@pytest.mark.usefixtures("no_client")
def test_a_client_that_is_missing_is_built_where_there_is_node(
    monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    built: list[Path] = []
    monkeypatch.setattr(prerequisites, "_build", built.append)
    prerequisites.require_client(told.append)
    assert [web.name for web in built] == ["web"]
    assert told == [
        "browser client: building it, once (about 20 s) ...",
        "browser client: built",
    ]


@pytest.mark.usefixtures("no_client")
def test_a_client_that_cannot_be_built_here_is_one_command_away(
    monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    monkeypatch.setattr(prerequisites, "find_spec", lambda name: None)
    with pytest.raises(WrongInput, match="run: uv sync --reinstall-package detente"):
        prerequisites.require_client(told.append)


def test_a_build_that_fails_names_its_step(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import client.build

    failing: Callable[..., int] = lambda arguments, cwd: 1  # noqa: E731
    monkeypatch.setattr(client.build, "npm", failing)
    with pytest.raises(WrongInput, match=r"failed at: npm|ci --ignore-scripts"):
        prerequisites._build(tmp_path)
