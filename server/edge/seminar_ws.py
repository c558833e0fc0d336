"""The socket of a seminar: hello in, cards and notices out."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from game_rules.roles import PersonId, Role
from server.access.grants import Grant
from server.access.limits import Hurry, TokenBuckets
from server.access.tokens import Access
from server.clock import Clock
from server.edge.connection import converse, outbox_on
from server.edge.live_protocol import LiveProtocol
from server.live.outbox import Outbox
from server.live.session import ration
from server.seminars.feed import Feed, Follower
from server.services import Services
from server.wire.frames import PROTOCOL, CloseCode, Frame, Ping, Pong, ProtocolViolation
from server.wire.reading import read_frame


class SeminarHello(Frame):
    """The first frame, which authenticates the client."""

    type: Literal["hello"]
    protocol: int
    token: Annotated[str, Field(min_length=1, max_length=128)]


class SeminarWelcome(Frame):
    """The reply to hello; the seminar's frames follow, again after every change."""

    type: Literal["welcome"] = "welcome"
    protocol: int = PROTOCOL
    role: Role
    server_now_ms: int


ClientFrame = Annotated[SeminarHello | Ping, Field(discriminator="type")]
FRAME: TypeAdapter[SeminarHello | Ping] = TypeAdapter(ClientFrame)


async def live(socket: WebSocket) -> None:
    """Serve a seminar's feed until one side closes."""
    await converse(socket, "seminar", _begin)


route = WebSocketRoute("/api/seminars/live", live)


def _begin(services: Services, transport: LiveProtocol) -> "Following":
    return Following(
        services.feed,
        services.access,
        services.clock,
        services.frames,
        services.hurry,
        outbox_on(services, transport, is_short=False),
    )


class Following:
    """One connection to a seminar: hello, then pings."""

    def __init__(
        self,
        feed: Feed,
        access: Access,
        clock: Clock,
        buckets: TokenBuckets,
        hurry: Hurry,
        outbox: Outbox,
    ) -> None:
        self.outbox = outbox
        self._feed, self._access, self._clock = feed, access, clock
        self._buckets, self._hurry, self._token = buckets, hurry, ""
        self._follower: Follower | None = None

    async def receive(self, text: str) -> None:
        """Receive one frame. Raises ProtocolViolation, which ends the connection."""
        if self._token:
            await self._take_turn(self._token)
        frame = read_frame(FRAME, text)
        if self._follower is None:
            await self._greet(frame)
        elif isinstance(frame, Ping):
            now_ms = self._clock.now_ms()
            self.outbox.put(Pong(sent_ms=frame.sent_ms, server_now_ms=now_ms).model_dump_json())
        else:
            raise ProtocolViolation(CloseCode.POLICY, "hello was said already")

    async def _take_turn(self, token: str) -> None:
        """Count a frame as every socket's are counted, per token, and wait for its turn."""
        ration(self._buckets.of(token))
        await self._hurry.wait(token)

    def leave(self) -> None:
        """Stop following."""
        if self._follower is not None:
            self._feed.leave(self._follower)

    async def _greet(self, frame: SeminarHello | Ping) -> None:
        if not isinstance(frame, SeminarHello):
            raise ProtocolViolation(CloseCode.SIGN_IN, "say hello first")
        if frame.protocol != PROTOCOL:
            reason = f"protocol {frame.protocol}; this server speaks {PROTOCOL}: reload the page"
            raise ProtocolViolation(CloseCode.PROTOCOL_TOO_OLD, reason)
        follower = _follower(await self._access.authenticate(frame.token), self.outbox)
        await self._feed.enter(follower.seminar)
        self._token = frame.token
        await self._take_turn(self._token)
        welcome = SeminarWelcome(role=follower.role, server_now_ms=self._clock.now_ms())
        self.outbox.put(welcome.model_dump_json())
        self._follower = follower
        self._feed.join(follower)


def _follower(grant: Grant | None, outbox: Outbox) -> Follower:
    if grant is None:
        raise ProtocolViolation(CloseCode.SIGN_IN, "this token is not known; join again")
    if grant.seminar_id is None:
        raise ProtocolViolation(CloseCode.NOT_YOUR_MATCH, "this token is for no seminar")
    if grant.role in (Role.FACILITATOR, Role.OBSERVER):
        return Follower(grant.seminar_id, None, outbox, grant.role)
    assert grant.person is not None, "a player of a seminar is a person"
    return Follower(grant.seminar_id, PersonId(grant.person), outbox)
