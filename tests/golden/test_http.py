"""HTTP answers what it answered: the same statuses, bodies and refusals, for every route."""

import json
import re
from pathlib import Path

import pytest

from tests.golden.http_session import ANSWERS, OPENAPI, answers, openapi

METHODS = ("get", "post", "patch", "put", "delete")


def operations(document: dict) -> dict[str, dict[str, list[str]]]:
    """Give parameters and statuses of every operation, by method and path."""
    return {
        f"{method.upper()} {path}": {
            "parameters": sorted(x["name"] for x in operation.get("parameters", ())),
            "statuses": sorted(operation["responses"]),
        }
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if method in METHODS
    }


@pytest.mark.slow
def test_the_operations_are_the_same():
    """What else the document says is generated, and stored to be compared by eye."""
    assert operations(openapi()) == operations(json.loads(OPENAPI.read_text()))


def test_every_operation_is_asked_and_granted():
    granted = [
        f"{method} {path.split('?')[0]}"
        for method, path, _, _, status, _, _ in json.loads(ANSWERS.read_text())
        if status < 300
    ]
    for operation in operations(json.loads(OPENAPI.read_text())):
        pattern = re.sub(r"\{[a-z]+\}", "[^/]+", operation)
        assert any(re.fullmatch(pattern, each) for each in granted), operation


@pytest.mark.slow
async def test_a_whole_visit_gets_the_same_answers(tmp_path: Path):
    stored = json.loads(ANSWERS.read_text())
    again = json.loads(json.dumps(await answers(tmp_path)))
    for one, other in zip(again, stored, strict=True):
        assert one == other
