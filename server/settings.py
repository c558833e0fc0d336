"""Settings of an operator, from DETENTE_* variables or the command line.

The default database is one file in the user's data folder, the same from every working directory,
so that no match seems lost because the server was started elsewhere.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from server.database import is_postgres
from server.engines import PROCESSES, is_cluster

PREFIX = "DETENTE_"
_PASSWORD = re.compile(r"(://[^:/]*:).*@")


class SettingsError(ValueError):
    """A setting that is not valid; the message names it, its value and the limit."""


def default_database() -> str:
    """Return the URL of the default database."""
    return f"sqlite:///{user_data_path('detente', appauthor=False) / 'detente.sqlite3'}"


class Settings(BaseSettings):
    """The settings of one server. Sizes in bytes, times in seconds.

    allowed_origins: other origins whose pages may open a socket, separated by commas.
    scenario_folder: the operator's scenarios, added to the built-in ones.
    trusted_proxies: addresses or networks, separated by commas, whose word on where a request comes
    from (X-Forwarded-For) is believed. public_url: how the server is reached from outside, for the
    links and QR codes that it prints and shows; its pages may open a socket. guest_play: whether
    anybody may play alone against bots; per_hour is of one device, megabytes of one day's file.
    peer_address: where other servers on the same PostgreSQL reach this one, as HOST:PORT; None: at
    the address that it listens on. tournament_engine: who plays tournaments, a process beside the
    server or a Dask cluster. drain_s: how long a server that stops says that it is not ready, and
    still answers, so that a proxy stops asking it.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    database: str = Field(default_factory=default_database)
    host: str = "0.0.0.0"  # noqa: S104  phones in the room must reach it; the CLI says so
    port: Annotated[int, Field(ge=0, le=65_535)] = 8000
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    scenario_folder: Path | None = None
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ("127.0.0.1", "::1")
    public_url: str | None = None
    message_bytes: Annotated[int, Field(ge=1024)] = 16_384
    messages_per_second: Annotated[float, Field(gt=0)] = 20
    message_burst: Annotated[int, Field(ge=1)] = 40
    hurried_messages_per_second: Annotated[float, Field(gt=0)] = 100
    outbox_messages: Annotated[int, Field(ge=1)] = 256
    outbox_bytes: Annotated[int, Field(ge=1024)] = 262_144
    sockets_per_person: Annotated[int, Field(ge=1)] = 5
    hello_within_s: Annotated[float, Field(gt=0)] = 5
    requests_per_second: Annotated[float, Field(gt=0)] = 50
    requests_burst: Annotated[int, Field(ge=1)] = 1_000
    failed_tries_per_minute: Annotated[float, Field(gt=0)] = 10
    failed_tries_burst: Annotated[int, Field(ge=1)] = 20
    joins_per_minute: Annotated[float, Field(gt=0)] = 120
    joins_burst: Annotated[int, Field(ge=1)] = 250
    guest_play: bool = True
    guest_matches_per_hour: Annotated[int, Field(ge=1)] = 30
    guest_matches_at_once: Annotated[int, Field(ge=1)] = 200
    guest_megabytes: Annotated[int, Field(ge=1)] = 200
    peer_address: str | None = None
    tournament_engine: str = PROCESSES
    drain_s: Annotated[float, Field(ge=0)] = 0

    @field_validator("tournament_engine")
    @classmethod
    def _is_an_engine(cls, name: str) -> str:
        if name != PROCESSES and not is_cluster(name):
            raise ValueError(f"{name!r} is no engine; write {PROCESSES} or dask://HOST:PORT")
        return name

    @field_validator("database")
    @classmethod
    def _is_usable(cls, url: str) -> str:
        is_postgres(url)
        return url

    @field_validator("allowed_origins", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, given: Any) -> Any:
        if isinstance(given, str):
            return tuple(part.strip() for part in given.split(",") if part.strip())
        return given

    @field_validator("allowed_origins")
    @classmethod
    def _are_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(_origin, origins))

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(_network, proxies))

    @field_validator("public_url")
    @classmethod
    def _is_a_page(cls, url: str | None) -> str | None:
        return None if url is None else _page(url)

    @property
    def peer(self) -> str:
        """Where other servers on the same database reach this one, as HOST:PORT."""
        return self.peer_address or f"{self.host}:{self.port}"

    @property
    def origins(self) -> tuple[str, ...]:
        """Other origins whose pages may open a socket, that of the public address too."""
        if self.public_url is None:
            return self.allowed_origins
        parts = urlsplit(self.public_url)
        return (*self.allowed_origins, f"{parts.scheme}://{parts.netloc}".lower())


def read_settings(**given: Any) -> Settings:
    """Read the settings; arguments override the environment. Raises SettingsError."""
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = str(first["loc"][0])
        problem, value = first["msg"].removeprefix("Value error, "), first["input"]
        if name == "database":
            value = _PASSWORD.sub(r"\1***@", str(value))
        where = name if name in given else f"{PREFIX}{name.upper()}"
        raise SettingsError(f"{where}={value}: {problem}") from error


def unknown_variables(environment: Iterable[str]) -> Iterator[str]:
    """Yield a line for each variable that is named like a setting and is none.

    >>> list(unknown_variables(["DETENTE_PORT", "HOME", "DETENTE_JOIN_BURST"]))
    ['DETENTE_JOIN_BURST is no setting; did you mean DETENTE_JOINS_BURST?']
    """
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    for name in sorted(environment):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            meant = get_close_matches(name.upper(), known, n=1, cutoff=0.8)
            remedy = f"did you mean {meant[0]}?" if meant else "see docs/operators.md"
            yield f"{name} is no setting; {remedy}"


def _origin(text: str) -> str:
    parts = urlsplit(text)
    is_whole = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    if not is_whole or parts.path.rstrip("/") or parts.query or parts.fragment:
        raise ValueError(f"{text!r} is not an origin; write it like https://play.example.org")
    return f"{parts.scheme}://{parts.netloc}".lower()


def _network(text: str) -> str:
    try:
        return str(ip_network(text)) if "/" in text else str(ip_address(text))
    except ValueError as error:
        remedy = "write it like 10.0.0.7 or 172.16.0.0/12"
        raise ValueError(f"{text!r} is no address or network; {remedy}") from error


def _page(text: str) -> str:
    parts = urlsplit(text)
    is_whole = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    if not is_whole or parts.query or parts.fragment:
        remedy = "write it like https://play.example.org or https://example.org/detente"
        raise ValueError(f"{text!r} is not the address of a page; {remedy}")
    return f"{text.rstrip('/')}/"
