"""docker-compose.yml says what the server, the proxy and the process topology understand."""

import os
import re
import subprocess
from pathlib import Path

import click
import pytest

from server.cli.serve.serve import command as serve
from server.settings import read_settings, unknown_variables
from tests.compose import ROOT, NotSet, Service, services, written
from tests.topology import require_proxy

GIVEN = {"POSTGRES_PASSWORD": "given", "DETENTE_PUBLIC_URL": "https://play.example.org"}
SERVERS = [x for x in services(GIVEN).values() if x.is_server]
IMAGE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GIVEN)
def test_nothing_starts_without_what_has_to_be_set(name: str) -> None:
    with pytest.raises(NotSet, match=f"{name}: set "):
        services({**GIVEN, name: ""})


def test_no_password_is_written_down() -> None:
    said = [x.get("environment", {}) for x in written()["services"].values()]
    secret = [x for one in said for name, x in one.items() if "PASSWORD" in name]
    assert len(secret) == 3
    assert all(x.startswith("${POSTGRES_PASSWORD:?") for x in secret)
    database = services(GIVEN)["server-1"].environment["DETENTE_DATABASE"]
    assert "//detente@" in database


def test_there_are_two_servers_that_differ_in_where_they_are_reached() -> None:
    first, second = ({**server.environment} for server in SERVERS)
    reached = [x.pop("DETENTE_PEER_ADDRESS") for x in (first, second)]
    assert reached == [f"{server.name}:8000" for server in SERVERS]
    assert first == second
    assert services(GIVEN)["proxy"].environment["SERVERS"] == " ".join(reached)


@pytest.mark.parametrize("server", SERVERS, ids=lambda server: server.name)
def test_a_server_understands_every_variable(
    server: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = {name: x for name, x in server.environment.items() if name.startswith("DETENTE_")}
    assert ours.keys() == server.environment.keys() - {"PGPASSWORD"}
    assert list(unknown_variables(ours)) == []
    for name, value in ours.items():
        monkeypatch.setenv(name, value)
    read = read_settings()
    assert (read.port, read.peer) == (8000, f"{server.name}:8000")
    assert read.public_url == "https://play.example.org/"


def understands(program: click.Command, service: Service) -> bool:
    """Tell whether a program takes a service's command."""
    name, *arguments = service.command
    with program.make_context(name, arguments) as context:
        return bool(context.params)


@pytest.mark.parametrize("server", SERVERS, ids=lambda server: server.name)
def test_the_command_of_a_server_is_understood(server: Service) -> None:
    assert understands(serve, server)


@pytest.mark.slow
def test_the_commands_of_the_cluster_are_understood() -> None:
    from distributed.cli import dask_scheduler, dask_worker

    said = services(GIVEN)
    assert understands(dask_scheduler.main, said["scheduler"])
    assert understands(dask_worker.main, said["worker"])
    assert said["worker"].command[1] == "tcp://scheduler:8786"


def test_the_image_is_what_the_services_expect() -> None:
    (port,) = re.findall(r"^EXPOSE (\d+)$", IMAGE, re.MULTILINE)
    page = f"http://127.0.0.1:{port}/api/health/ready"
    assert {server.health_url for server in SERVERS} == {page}
    assert page in IMAGE
    assert 'ENTRYPOINT ["detente"]' in IMAGE
    last = IMAGE[IMAGE.rindex("\nFROM ") :]
    assert re.search(r"^USER [1-9]\d*$", last, re.MULTILINE), "it does not run as root"


def test_only_the_proxy_is_reached_from_outside() -> None:
    said = written()["services"]
    assert [name for name, x in said.items() if "ports" in x] == ["proxy"]
    assert all(x["networks"] == ["inside"] for x in said.values())


def test_no_log_fills_the_disk() -> None:
    kept = [x["logging"] for x in written()["services"].values()]
    assert {x["driver"] for x in kept} == {"json-file"}
    assert all({"max-size", "max-file"} == x["options"].keys() for x in kept)


def test_every_service_says_whether_it_is_healthy() -> None:
    said = written()["services"]
    unchecked = [name for name, x in said.items() if not x["healthcheck"].get("test")]
    assert unchecked == ["worker"]


@pytest.mark.parametrize("site", ["https://play.example.org", "http://192.0.2.7/"])
def test_the_proxy_understands_its_file(site: str, tmp_path: Path) -> None:
    proxy = services({**GIVEN, "DETENTE_PUBLIC_URL": site})["proxy"]
    (_, *_, place), (file,) = proxy.command, proxy.files.values()
    assert list(proxy.files) == [place]
    command = [require_proxy(), "validate", "--adapter", "caddyfile", "--config", file]
    here = {"XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    environment = {**os.environ, **proxy.environment, **here}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    formatted = subprocess.run([command[0], "fmt", file], capture_output=True, check=True)
    assert formatted.stdout.decode() == Path(file).read_text(encoding="utf-8")
