"""What docker-compose.yml says, with the variables of an environment put in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
COMPOSE = ROOT / "docker-compose.yml"
_VARIABLE = re.compile(r"\$\{(\w+)(?:(:[-?])([^}]*))?\}")
_URL = re.compile(r"https?://[\w.:]+/[\w/]*")


class NotSet(LookupError):
    """A variable without which nothing starts; the message is that of the file."""


@cache
def written() -> dict[str, Any]:
    """Read the file as it is."""
    return yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))


def filled(text: str, environment: Mapping[str, str]) -> str:
    """Put variables in, as compose does. Raises NotSet.

    >>> filled("${A:-1} ${B:-2} ${C:?set C}", {"A": "x", "C": "z"})
    'x 2 z'
    """

    def value(found: re.Match[str]) -> str:
        name, kind, more = found.groups()
        known = environment.get(name, "")
        if not known and kind == ":?":
            raise NotSet(f"{name}: {more}")
        return known or (more if kind == ":-" else "")

    return _VARIABLE.sub(value, text)


@dataclass(frozen=True, slots=True)
class Service:
    """One service. volumes: the file of this repository that stands at each place."""

    name: str
    profiles: tuple[str, ...]
    environment: Mapping[str, str]
    entrypoint: tuple[str, ...]
    command: tuple[str, ...]
    health: tuple[str, ...]
    needs: tuple[str, ...]
    files: Mapping[str, str]

    @property
    def is_server(self) -> bool:
        """Tell whether it is one of our servers."""
        return self.command[:1] == ("serve",)

    @property
    def health_url(self) -> str | None:
        """What the health check asks for, where it is a page."""
        found = _URL.search(" ".join(self.health))
        return None if found is None else found[0]


def services(environment: Mapping[str, str]) -> dict[str, Service]:
    """Read all services. Raises NotSet."""
    return {name: _service(name, said, environment) for name, said in written()["services"].items()}


def networks() -> list[str]:
    """Name the addresses that the services have among themselves."""
    config = written()["networks"]["inside"]["ipam"]["config"]
    return [each["subnet"] for each in config]


def _service(name: str, said: Mapping[str, Any], environment: Mapping[str, str]) -> Service:
    given = {key: filled(value, environment) for key, value in said.get("environment", {}).items()}
    mounted = [volume.split(":") for volume in said.get("volumes", ())]
    return Service(
        name,
        tuple(said.get("profiles", ())),
        given,
        tuple(said.get("entrypoint", ())),
        tuple(said.get("command", ())),
        tuple(said["healthcheck"].get("test", ())[1:]),
        tuple(said.get("depends_on", ())),
        {place[1]: str(ROOT / place[0]) for place in mounted if place[0].startswith("./")},
    )
