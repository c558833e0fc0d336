"""Dependencies have bounds, and the exports of them are current and name no registry."""

import re
import tomllib
from functools import cache
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = PROJECT["dependency-groups"]
EXPORTS = {
    "requirements.txt": [
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["cluster"],
    ],
    "requirements-build.txt": GROUPS["build"],
}
OVERRIDDEN = {"uvicorn", "websockets"}
"""Libraries whose inner parts server/edge/live_protocol.py overrides."""


def declared() -> list[Requirement]:
    """Give every requirement in pyproject.toml."""
    extras = PROJECT["project"]["optional-dependencies"].values()
    lists = [PROJECT["project"]["dependencies"], *extras, *GROUPS.values()]
    lines = [*PROJECT["build-system"]["requires"], *(line for part in lists for line in part)]
    return [Requirement(line) for line in lines if isinstance(line, str)]


@cache
def exported(export: str) -> dict[str, str]:
    """Give the versions that an export pins for this Python on this system."""
    text = (ROOT / export).read_text(encoding="utf-8")
    lines = re.findall(r"^(\w\S*==[^\\\n]+?) *\\$", text, re.MULTILINE)
    pins = [Requirement(line) for line in lines]
    chosen = [pin for pin in pins if pin.marker is None or pin.marker.evaluate()]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in chosen}


def needed(lines: list[str]) -> dict[str, str]:
    """Give the installed versions of requirements and of all that they require in turn."""
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    left = [(Requirement(line), "") for line in lines]
    while left:
        wanted, extra = left.pop()
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(wanted.name)
        found[name] = version(name)
        for one in {"", *wanted.extras}:
            if (name, one) not in seen:
                seen.add((name, one))
                left += [(Requirement(line), one) for line in requires(name) or []]
    return found


@pytest.mark.parametrize("export", EXPORTS)
def test_an_export_pins_what_is_installed_for_the_project(export: str) -> None:
    command = (ROOT / export).read_text(encoding="utf-8").splitlines()[1].strip("# ")
    assert exported(export) == needed(EXPORTS[export]), f"make it again: {command}"


@pytest.mark.parametrize("export", EXPORTS)
def test_an_export_is_within_the_bounds(export: str) -> None:
    bounds = [Requirement(line) for line in EXPORTS[export]]
    outside = [b for b in bounds if exported(export)[canonicalize_name(b.name)] not in b.specifier]
    assert outside == []


@pytest.mark.parametrize("export", EXPORTS)
def test_an_export_has_a_hash_for_each_package_and_names_no_registry(export: str) -> None:
    text = (ROOT / export).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    assert re.findall(r"^\w[^\\\n]*$", text, re.MULTILINE) == []  # a package without a hash
    assert text.count("--hash=sha256:") >= len(exported(export))


def test_every_dependency_has_a_lower_bound() -> None:
    bare = [one for one in declared() if not {s.operator for s in one.specifier} & {">=", "=="}]
    assert bare == []


def test_libraries_whose_parts_are_overridden_have_an_upper_bound() -> None:
    bounded = {one.name for one in declared() if "<" in {s.operator for s in one.specifier}}
    assert bounded >= OVERRIDDEN


def test_the_build_requires_what_its_group_names() -> None:
    assert PROJECT["build-system"]["requires"] == GROUPS["build"]


def test_the_image_installs_the_exports() -> None:
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    for export in EXPORTS:
        assert f"--require-hashes -r {export}" in image
    assert image.index("requirements.txt") < image.index("COPY . .")
