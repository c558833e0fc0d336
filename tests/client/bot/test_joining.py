"""The way in, from what a facilitator shows."""

import http.server
import threading
from collections.abc import Iterator

import pytest

from client.bot.errors import CannotJoin
from client.bot.joining import THIS_MACHINE, JoinLink, join, parse_join_link
from tests.live_server import HOST, free_port


@pytest.mark.parametrize(
    ("text", "link", "socket"),
    [
        (
            "http://192.168.0.7:8000/#/join/ABCD-EFGH",
            JoinLink("http://192.168.0.7:8000", "ABCD-EFGH"),
            "ws://192.168.0.7:8000/api/live?room=m%201",
        ),
        (
            "https://play.example.org/asia/#/join/ABCD%20EFGH?lang=ur",
            JoinLink("https://play.example.org/asia", "ABCD EFGH"),
            "wss://play.example.org/asia/api/live?room=m%201",
        ),
        (
            "http://[::1]:8000/#/join/ABCD-EFGH",
            JoinLink("http://[::1]:8000", "ABCD-EFGH"),
            "ws://[::1]:8000/api/live?room=m%201",
        ),
        (
            "abcd efgh",
            JoinLink(THIS_MACHINE, "abcd efgh"),
            "ws://127.0.0.1:8000/api/live?room=m%201",
        ),
    ],
)
def test_a_link_or_a_code_is_a_way_in(text: str, link: JoinLink, socket: str):
    assert parse_join_link(text) == link
    assert link.socket("m 1") == socket


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://192.168.0.7:8000/",
        "http://192.168.0.7:8000/#/watch/ABCD-EFGH",
        "http://192.168.0.7:8000/#/join/",
        "http:///#/join/ABCD-EFGH",
        "ftp://192.168.0.7/#/join/ABCD-EFGH",
        "http://[::1/#/join/ABCD-EFGH",
        "http://host:99999/#/join/ABCD-EFGH",
        "javascript:alert(1)",
    ],
)
def test_anything_else_is_told_in_a_line_with_what_to_give(text: str):
    with pytest.raises(CannotJoin, match=r"^[^\n]*give a link like http://HOST:8000/#/join/CODE$"):
        parse_join_link(text)


def test_a_server_that_is_not_there_is_told_with_its_address():
    server = f"http://{HOST}:{free_port()}"
    told = f"^{server} does not answer \\(Connection refused\\); is the server running there\\?$"
    with pytest.raises(CannotJoin, match=told):
        join(JoinLink(server, "ABCD-EFGH"), "me")


class _Stranger(http.server.BaseHTTPRequestHandler):
    """Some other server: its answer is the path's last part, as a status and a body."""

    def do_POST(self) -> None:
        status, body = self.path.split("/")[1].split("-")
        self.send_response(int(status))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
        """Say nothing."""


@pytest.fixture(scope="module")
def stranger() -> Iterator[str]:
    with http.server.ThreadingHTTPServer((HOST, 0), _Stranger) as server:
        threading.Thread(target=server.serve_forever, args=[0.01]).start()
        yield f"http://{HOST}:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("200-hello", "is no server of this game; check the link"),
        ("200-[]", "is no server of this game; check the link"),
        ("200-{}", "is no server of this game; check the link"),
        ("404-hello", "answered 404; check the link"),
        ("503-[]", "answered 503; check the link"),
    ],
)
def test_another_kind_of_server_is_recognised(stranger: str, answer: str, told: str):
    server = f"{stranger}/{answer}"
    with pytest.raises(CannotJoin) as error:
        join(JoinLink(server, "ABCD-EFGH"), "me")
    assert str(error.value) == f"{server} {told}"
