"""Which pages may open a socket."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.access.origins import Origins

HOST = "play.example.org"
LISTED = "https://seminar.example.edu"

OWN = ["http://play.example.org", "https://play.example.org"]
FOREIGN = [
    "null",
    "",
    " ",
    "*",
    "file://",
    "https://evil.example",
    "https://play.example.org.evil.example",
    "https://evil-play.example.org",
    "https://notplay.example.org",
    "https://sub.play.example.org",
    "https://example.org",
    "https://play.example",
    "https://play.example.or",
    "https://play.example.org:443",
    "https://play.example.org:8000",
    "http://play.example.org:80",
    "https://play.example.org/",
    "https://play.example.org/page",
    "https://play.example.org?",
    "https://play.example.org#",
    "https://play.example.org.",
    "https://PLAY.example.org",
    "HTTPS://play.example.org",
    "ws://play.example.org",
    "wss://play.example.org",
    "ftp://play.example.org",
    "play.example.org",
    "//play.example.org",
    "https:play.example.org",
    "https://play.example.org@evil.example",
    "https://user@play.example.org",
    "https://evil.example#https://play.example.org",
    "https://evil.example/play.example.org",
    "https://play-example.org",
    "https://plаy.example.org",
    "https://xn--ply-7cd.example.org",
    "https://play.example.org, https://evil.example",
    "https://play.example.org https://evil.example",
    "https://play.example.org\n",
    "\thttps://play.example.org",
    "https://play.example.org\x00",
    "http://seminar.example.edu",
    "https://seminar.example.edu:444",
    "https://seminar.example.edu.evil.example",
    "https://127.0.0.1",
    "https://localhost",
    "http://[::1]",
    "http://None",
    "https://None",
]


@pytest.mark.parametrize("origin", OWN)
def test_the_servers_own_pages_may(origin: str):
    assert Origins().allow(origin, HOST)


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("host", [HOST, None], ids=["host", "no host"])
def test_no_other_page_may(origin: str, host: str | None):
    assert not Origins.of([LISTED]).allow(origin, host)


def test_listed_pages_may_and_a_slash_at_the_end_of_the_list_entry_is_no_matter():
    assert Origins.of([LISTED + "/"]).allow(LISTED, HOST)


@pytest.mark.parametrize("host", ["play.example.org:8000", "192.168.1.20:8000", "[::1]:8000"])
def test_a_port_is_part_of_the_own_address(host: str):
    assert Origins().allow(f"http://{host}", host)
    assert not Origins().allow(f"http://{host.rsplit(':', 1)[0]}", host)


def test_a_client_without_an_origin_is_no_browser_and_needs_its_token_like_all():
    assert Origins().allow(None, HOST)


@given(st.text(max_size=30))
def test_nothing_but_the_two_own_origins_is_let_in(origin: str):
    assert Origins().allow(origin, HOST) == (origin in OWN)
