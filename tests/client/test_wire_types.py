"""The browser's types are the ones that the rules' classes and the frames say."""

import re

from server.wire.frames import PROTOCOL, CloseCode
from server.wire.types import typescript
from tests.client.web import WEB

WIRE = WEB / "src" / "wire"


def test_the_browsers_types_are_written_from_the_classes() -> None:
    written = (WIRE / "wire.ts").read_text(encoding="utf8")
    remedy = "run `python -m server.wire.types > client/web/src/wire/wire.ts`"
    assert written == typescript(), remedy


def test_the_browser_speaks_this_servers_protocol() -> None:
    assert f"PROTOCOL = {PROTOCOL};" in (WIRE / "types.ts").read_text(encoding="utf8")


def test_the_browser_knows_every_close_code() -> None:
    text = (WEB / "src" / "net" / "close-codes.ts").read_text(encoding="utf8")
    written = {name: int(code) for name, code in re.findall(r"^  ([A-Z_]+): (\d+),$", text, re.M)}
    assert written == {code.name: code.value for code in CloseCode}
