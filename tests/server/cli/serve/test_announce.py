"""What `detente serve` says of where it is."""

from pathlib import Path

import pytest

from server.cli.serve.prerequisites import qr
from server.cli.serve.serve import _announce
from server.settings import read_settings
from tests.server.running import make_app, services_of


@pytest.mark.parametrize("url", ["https://play.example.org/", "https://example.org/detente"])
def test_links_and_the_qr_code_lead_to_the_public_url(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], url: str
) -> None:
    app, page = make_app(tmp_path), f"{url.rstrip('/')}/"
    _announce(app, read_settings(public_url=url, host="127.0.0.1"), 8000, is_opened=False)
    told = capsys.readouterr().out
    assert f"{page}#/host/{services_of(app).host_secret}\n" in told
    assert f"Everyone else:                            {page}\n{qr(page)}" in told
    assert "127.0.0.1" not in told


@pytest.mark.parametrize(
    ("variable", "remedy"),
    [("127.0.0.1", "unset DETENTE_HOST"), (None, "leave out --host")],
)
def test_what_keeps_phones_out_is_called_by_what_was_set(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    variable: str | None,
    remedy: str,
) -> None:
    given = {"host": "127.0.0.1"} if variable is None else {}
    if variable is not None:
        monkeypatch.setenv("DETENTE_HOST", variable)
    _announce(make_app(tmp_path), read_settings(**given), 8000, is_opened=False)
    assert f"for phones, {remedy}." in capsys.readouterr().out
