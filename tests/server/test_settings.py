"""What an operator may set, and how a wrong value is told."""

from pathlib import Path

import pytest

from server.settings import (
    Settings,
    SettingsError,
    default_database,
    read_settings,
    unknown_variables,
)


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"DETENTE_{name.upper()}", raising=False)


def test_the_promised_limits_are_the_defaults() -> None:
    settings = read_settings()
    assert settings.message_bytes == 16 * 1024
    assert (settings.messages_per_second, settings.message_burst) == (20, 40)
    assert (settings.outbox_messages, settings.outbox_bytes) == (256, 256 * 1024)
    assert (settings.sockets_per_person, settings.hello_within_s) == (5, 5)


def test_the_database_is_the_same_from_every_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "kept"))
    here = read_settings().database
    monkeypatch.chdir(tmp_path)
    assert read_settings().database == here == default_database()
    assert here.endswith("detente.sqlite3")


def test_the_environment_is_read_and_what_is_given_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_PORT", "9000")
    monkeypatch.setenv("DETENTE_HOST", "127.0.0.1")
    settings = read_settings(port=9001)
    assert (settings.host, settings.port) == ("127.0.0.1", 9001)


@pytest.mark.parametrize("name", ["DETENTE_JOIN_BURST", "detente_join_burst"])
def test_a_variable_that_is_no_setting_is_told_with_the_one_that_is_meant(name: str) -> None:
    [told] = unknown_variables([name, "DETENTE_JOINS_BURST", "detente_port", "PATH"])
    assert told == f"{name} is no setting; did you mean DETENTE_JOINS_BURST?"
    [told] = unknown_variables(["DETENTE_SPEED"])
    assert told == "DETENTE_SPEED is no setting; see docs/operators.md"


def test_tournaments_are_played_beside_the_server_or_on_a_cluster() -> None:
    assert read_settings().tournament_engine == "processes"
    assert read_settings(tournament_engine="dask://scheduler:8786").tournament_engine
    with pytest.raises(SettingsError, match="'local' is no engine; write processes or dask://"):
        read_settings(tournament_engine="local")


def test_origins_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_ALLOWED_ORIGINS", "https://Play.example.org/, http://10.0.0.7:8000")
    expected = ("https://play.example.org", "http://10.0.0.7:8000")
    assert read_settings().allowed_origins == expected
    assert read_settings(allowed_origins=expected).allowed_origins == expected


@pytest.mark.parametrize(
    "origin",
    [
        "play.example.org",
        "*",
        "null",
        "ftp://a.org",
        "https://",
        "https://a.org/x",
        "https://u@a.org",
    ],
)
def test_what_is_no_origin_is_refused(monkeypatch: pytest.MonkeyPatch, origin: str) -> None:
    monkeypatch.setenv("DETENTE_ALLOWED_ORIGINS", origin)
    with pytest.raises(SettingsError, match=r"DETENTE_ALLOWED_ORIGINS=.*write it like https://"):
        read_settings()


def test_proxies_are_addresses_or_networks_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().trusted_proxies == ("127.0.0.1", "::1")
    monkeypatch.setenv("DETENTE_TRUSTED_PROXIES", "172.16.0.0/12, 10.0.0.7,fd00::/8")
    assert read_settings().trusted_proxies == ("172.16.0.0/12", "10.0.0.7", "fd00::/8")
    monkeypatch.setenv("DETENTE_TRUSTED_PROXIES", "")
    assert read_settings().trusted_proxies == ()


@pytest.mark.parametrize(
    ("given", "page", "origin"),
    [
        ("https://Play.example.org", "https://Play.example.org/", "https://play.example.org"),
        ("http://a.org:81/detente/", "http://a.org:81/detente/", "http://a.org:81"),
    ],
)
def test_the_public_address_is_a_page_whose_sockets_are_let_in(
    given: str, page: str, origin: str
) -> None:
    settings = read_settings(public_url=given, allowed_origins="https://other.org")
    assert settings.public_url == page
    assert settings.origins == ("https://other.org", origin)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("TRUSTED_PROXIES", "*"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("PUBLIC_URL", "play.example.org"),
        ("PUBLIC_URL", "https://a.org/?x=1"),
        ("PUBLIC_URL", "https://u:p@a.org/"),
        ("PORT", "99999"),
        ("PORT", "http"),
        ("MESSAGE_BYTES", "0"),
        ("MESSAGES_PER_SECOND", "0"),
        ("DATABASE", "mysql://localhost"),
    ],
)
def test_a_wrong_value_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    monkeypatch.setenv(f"DETENTE_{name}", text)
    with pytest.raises(SettingsError) as refusal:
        read_settings()
    assert str(refusal.value).startswith(f"DETENTE_{name}={text}: ")
    assert "\n" not in str(refusal.value)


def test_a_wrong_value_from_the_command_line_is_told_by_its_own_name() -> None:
    with pytest.raises(SettingsError, match=r"^port=-1: "):
        read_settings(port=-1)


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        setattr(read_settings(), "port", 1)  # noqa: B010  the checkers know it is frozen
