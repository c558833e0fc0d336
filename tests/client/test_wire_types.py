"""The browser's types are the ones that the server's classes say, and all answers have one."""

import re

import pytest
from fastapi import APIRouter
from starlette.responses import HTMLResponse

from game_rules import RULES_VERSION
from server import typescript
from server.api.ended import CsvFile, RecordFile
from server.api.exports import ZipFile
from server.api.served import PARTS
from server.typescript import http_routes
from server.wire.frames import PROTOCOL, CloseCode
from tests.client.web import WEB

WIRE = WEB / "src" / "wire"
COMMAND = "uv run python -m server.typescript > client/web/src/wire/wire.ts"


def test_the_browsers_types_are_written_from_the_classes() -> None:
    written = (WIRE / "wire.ts").read_text(encoding="utf8")
    assert written == typescript.typescript(), f"not current; run `{COMMAND}`"


def test_the_command_is_told_where_it_is_needed() -> None:
    assert COMMAND in (typescript.__doc__ or "")
    assert COMMAND in typescript.HEAD


def test_every_answer_is_typed_or_a_file() -> None:
    routes = list(http_routes())
    assert len(routes) > 30
    files = (CsvFile, RecordFile, ZipFile, HTMLResponse)
    untyped = [
        route.path
        for route in routes
        if route.response_model is None and route.response_class not in files
    ]
    assert untyped == []


def test_no_answer_is_typed_as_anything() -> None:
    assert "unknown" not in typescript.typescript()


def test_two_classes_of_one_name_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when HTTP answers with a class that is called like an event."""
    router = APIRouter()
    answer = type("SeatTaken", (typescript.BaseModel,), {})
    router.get("/x", response_model=answer)(lambda: None)
    monkeypatch.setattr(typescript, "PARTS", (*PARTS, type("part", (), {"router": router})))
    with pytest.raises(TypeError, match="two classes are called SeatTaken"):
        typescript.typescript()


def test_the_browser_speaks_this_servers_protocol() -> None:
    assert f"PROTOCOL = {PROTOCOL};" in (WIRE / "types.ts").read_text(encoding="utf8")


def test_the_browser_knows_the_rules_of_new_matches() -> None:
    text = (WIRE / "types.ts").read_text(encoding="utf8")
    assert f"RULES_VERSION: number = {RULES_VERSION};" in text


def test_the_browser_knows_every_close_code() -> None:
    text = (WEB / "src" / "net" / "close-codes.ts").read_text(encoding="utf8")
    written = {name: int(code) for name, code in re.findall(r"^  ([A-Z_]+): (\d+),$", text, re.M)}
    assert written == {code.name: code.value for code in CloseCode}
