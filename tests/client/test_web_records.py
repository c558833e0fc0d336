"""The command line and the page judge one corpus of odd records alike."""

import json
from base64 import b64encode
from pathlib import Path

import pytest

from tests.client.web import run_vitest
from tests.game_rules.records.odd_records import FORGED, ODD_RECORDS
from tests.game_rules.records.test_transit import judged


@pytest.mark.slow
def test_the_page_judges_every_odd_record_as_the_command_line_does(tmp_path: Path) -> None:
    rows = [
        {"name": name, "raw": b64encode(raw).decode(), "isForged": name in FORGED, **judged(raw)}
        for name, raw in {**ODD_RECORDS, **FORGED}.items()
    ]
    path = tmp_path / "records.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    run_vitest("src/replay/odd-records.test.ts", DETENTE_RECORD_VECTORS=str(path))
