"""Make the description of the HTTP interface, and the answers of a scripted visit."""

import asyncio
import tempfile
from pathlib import Path

from tests.golden.http_session import ANSWERS, HTTP, OPENAPI, answers, openapi
from tests.golden.wire import written_json


def make() -> None:
    """Write both."""
    HTTP.mkdir(exist_ok=True)
    OPENAPI.write_text(written_json(openapi(), 4))
    with tempfile.TemporaryDirectory() as folder:
        ANSWERS.write_text(written_json(asyncio.run(answers(Path(folder)))))
