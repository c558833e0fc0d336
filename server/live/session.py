"""One connection's session with its match. Knows frames, not sockets."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from game_rules.errors import NotNow, RuleViolation
from game_rules.log.people import Names
from game_rules.log.position import Holder
from game_rules.match.command import Command
from game_rules.match.seating import TakeSeat
from game_rules.roles import FACILITATOR, PUBLIC, PersonId, Role, Seat, Viewer, seated
from server.access.grants import Grant
from server.access.limits import Hurry, TokenBucket, TokenBuckets
from server.access.tokens import Access
from server.clock import Clock
from server.hosting.damage import MatchDamaged
from server.hosting.fanout import Audience
from server.hosting.match_host import (
    Answer,
    MatchHost,
    NoSuchMatch,
    Sender,
    TryAgain,
)
from server.hosting.registry import Registry
from server.live.outbox import Outbox
from server.live.presence import Presences
from server.live.removals import REASON as REMOVED
from server.store.event_store import MatchId, is_of_guest
from server.wire.frames import (
    CLIENT_FRAME,
    PROTOCOL,
    CloseCode,
    CommandFrame,
    Hello,
    People,
    Ping,
    Pong,
    ProtocolViolation,
    Refused,
    Welcome,
    You,
    ack_text,
    events_text,
)
from server.wire.reading import read_frame

EVENTS_A_FRAME = 100
MOST_EVENTS_OF_GUEST = 3_000
"""A guest is nobody known, and what a guest's match may fill of the disk has an end."""


class Session:
    """Hello first, then commands and pings. Every command is authorised separately."""

    def __init__(
        self,
        registry: Registry,
        access: Access,
        presences: Presences,
        clock: Clock,
        outbox: Outbox,
        buckets: TokenBuckets,
        hurry: Hurry,
    ) -> None:
        self.outbox = outbox
        self.match_id: MatchId | None = None
        self._registry, self._access, self._presences = registry, access, presences
        self._clock, self._buckets, self._hurry = clock, buckets, hurry
        self._bucket: TokenBucket | None = None
        self._token = ""
        self._grant: Grant
        self._host: MatchHost
        self._audience: Audience | None = None
        self._sender: Sender
        self._holders: Mapping[Seat, Holder] | None = None
        self._named: dict[str, str] = {}
        self._told: Names | None = None
        self._told_of = 0
        self._revocations = 0
        self._is_receiving = False
        self._violation: ProtocolViolation | None = None

    def take(self, text: bytes) -> bool:
        """Take a command at once; False for a frame that `receive` must handle.

        That is every other frame, a frame that violates the protocol or has to wait for its turn,
        and any frame while a hello is being answered or the token has to be checked again.
        """
        if self._is_receiving or self._audience is None or self.outbox.close_code is not None:
            return False
        if self._bucket is None or not self._hurry.may_pass(self._token):
            return False
        try:
            frame = read_frame(CLIENT_FRAME, text)
        except ProtocolViolation as violation:  # `receive`, which comes next, ends the connection
            self._violation = violation
            return False
        is_plain = isinstance(frame, CommandFrame) and not self._is_token_in_doubt
        if not is_plain or not self._bucket.take():
            return False
        self._submit(frame)
        return True

    async def receive(self, text: str) -> None:
        """Receive one frame. Raises ProtocolViolation, which ends the connection."""
        self._is_receiving = True
        try:
            await self._receive(text)
        finally:
            self._is_receiving = False

    async def _receive(self, text: str) -> None:
        if self._bucket is not None:
            ration(self._bucket)
            await self._hurry.wait(self._token)
        if self._violation is not None:
            raise self._violation
        frame = read_frame(CLIENT_FRAME, text)
        if self._audience is None and not isinstance(frame, Hello):
            raise ProtocolViolation(CloseCode.SIGN_IN, "say hello first")
        match frame:
            case Hello():
                await self._greet(frame)
            case Ping():
                now_ms = self._clock.now_ms()
                self._send(Pong(sent_ms=frame.sent_ms, server_now_ms=now_ms))
            case CommandFrame():
                await self._require_token()
                self._submit(frame)

    def _submit(self, frame: CommandFrame) -> None:
        reply = partial(self._answer, frame.id)
        if is_of_guest(self._host.match_id) and self._host.seq >= MOST_EVENTS_OF_GUEST:
            told = f"this match has {self._host.seq} events, as many as a guest's may have"
            reply(NotNow(f"{told}; begin another one"))
            return
        self._host.submit(self._signed(frame.command), self._sender, frame.id, reply)

    def _signed(self, command: Command) -> Command:
        """Give a command the name with which the person joined: that one is nobody else's."""
        name = self._grant.name
        return replace(command, name=name) if name and isinstance(command, TakeSeat) else command

    def tell(self, first_seq: int, payloads: Sequence[str]) -> None:
        """Send the audience's next events; after a change of seat, the new audience's."""
        audience = self._audience
        assert audience is not None
        if self._has_moved() and (viewer := self._viewer()) != audience.viewer:
            self._join(viewer, None, 0)
        else:
            self.tell_names()
            self.outbox.put(events_text(first_seq, list(payloads)))

    def tell_names(self) -> None:
        """Send what the people are called whom the audience's events name, if that has changed."""
        assert self._audience is not None
        people, names = self._audience.people, self._host.names
        if self._told is names and self._told_of == len(people):
            return
        self._told, self._told_of = names, len(people)
        told: dict[str, str] = {
            person: name for person, name in names.items() if name and person in people
        }
        if told != self._named:
            self._named = told
            self._send(People(names=told))

    @property
    def seat(self) -> str | None:
        """The seat that this connection plays for, if any."""
        return self._audience.viewer.seat if self._audience else None

    @property
    def person(self) -> str | None:
        """The person of this connection, once a hello has named one."""
        return self._grant.person if self._audience else None

    def leave(self) -> None:
        """Stop listening; commands that were sent are still decided."""
        if self._audience is not None:
            self._audience.listeners.discard(self)
            self._presences.leave(self)

    async def _greet(self, hello: Hello) -> None:
        if hello.protocol != PROTOCOL:
            reason = f"protocol {hello.protocol}; this server speaks {PROTOCOL}: reload the page"
            raise ProtocolViolation(CloseCode.PROTOCOL_TOO_OLD, reason)
        if self._token not in ("", hello.token):
            reason = "this connection speaks for another token; open a new one"
            raise ProtocolViolation(CloseCode.POLICY, reason)
        grant = await self._access.authenticate(hello.token)
        if grant is None:
            raise ProtocolViolation(CloseCode.SIGN_IN, "this token is not known; join again")
        if self._bucket is None:  # one limit per token, for all its connections
            self._bucket = self._buckets.of(hello.token)
            ration(self._bucket)
            await self._hurry.wait(hello.token)  # a long past is dear to send again and again
        if grant.match_id is None:
            raise ProtocolViolation(CloseCode.NOT_YOUR_MATCH, "this token is for no match")
        try:
            host = await self._host_in_play(grant.match_id)
        except NoSuchMatch as error:
            raise ProtocolViolation(CloseCode.NOT_YOUR_MATCH, str(error)) from error
        except MatchDamaged as error:
            raise ProtocolViolation(CloseCode.DAMAGED, str(error)) from error
        if grant.person in host.position.removed:
            raise ProtocolViolation(CloseCode.SIGN_IN, REMOVED)
        self._grant, self._token, self._host, self.match_id = (
            grant,
            hello.token,
            host,
            host.match_id,
        )
        self._sender = Sender.of(grant)
        self._revocations = self._access.revocations
        self.outbox.clear()  # the reply to a hello repeats what an earlier one left in the queue
        self._join(self._viewer(), hello.audience, hello.seq)

    async def _host_in_play(self, match_id: MatchId) -> MatchHost:
        """Find the match in play, again if this server has lost it meanwhile."""
        while True:
            host = await self._registry.host_in_play(match_id)
            await host.refresh_names()
            if self._registry.loaded(host.match_id) is host:
                return host

    def _join(self, viewer: Viewer, held_audience: str | None, held_seq: int) -> None:
        """Listen as a viewer, starting after the events that the client has."""
        if self._audience is not None:
            self._audience.listeners.discard(self)
        audience = self._audience = self._host.audience(viewer)
        name = self._audience_name(viewer)
        is_known = held_audience == name and held_seq <= audience.seq
        last_seq = held_seq if is_known else 0
        self.outbox.forget_backlog()  # repeated changes of seat must not fill the queue
        self._send(
            Welcome(
                match=self._host.match_id,
                audience=name,
                you=self._you(viewer),
                seq=last_seq + 1,
                server_now_ms=self._clock.now_ms(),
            )
        )
        self._named, self._told = {}, None
        self.tell_names()
        for start in range(last_seq, audience.seq, EVENTS_A_FRAME):
            chunk = audience.payloads[start : start + EVENTS_A_FRAME]
            self.outbox.put_backlog(events_text(start + 1, chunk))
        audience.listeners.add(self)
        self._presences.join(self)

    def _audience_name(self, viewer: Viewer) -> str:
        """Name an audience, so that a branch's is not confused with its trunk's."""
        branch = f"@{self._host.match_id}" if self._host.position.trunk else ""
        return f"{viewer.key}{branch}"

    @property
    def _is_token_in_doubt(self) -> bool:
        """Tell whether any token was revoked since this one was checked."""
        return self._access.revocations != self._revocations

    async def _require_token(self) -> None:
        if self._is_token_in_doubt:
            self._revocations = self._access.revocations
            grant = await self._access.authenticate(self._token)
            if grant is None:
                reason = "this token was withdrawn; join again"
                raise ProtocolViolation(CloseCode.SIGN_IN, reason)
            if grant.match_id != self._grant.match_id:
                raise ProtocolViolation(CloseCode.RESTART, "the match continues elsewhere; rejoin")

    def _answer(self, command_id: str, answer: Answer) -> None:
        if isinstance(answer, int):
            assert self._audience is not None
            self.outbox.put(ack_text(command_id, self._audience.seq_after(answer)))
        elif isinstance(answer, RuleViolation):
            self._send(Refused(id=command_id, code=answer.code, message=str(answer)))
        elif isinstance(answer, TryAgain):
            self._send(Refused(id=command_id, code="try_again", message=str(answer)))
        else:  # a bug, which the host has logged: reported without detail, to its sender only
            message = "something broke here; the server's log has it"
            self._send(Refused(id=command_id, code="internal_error", message=message))

    def _has_moved(self) -> bool:
        """Tell whether any seat has changed hands since the last call."""
        holders, self._holders = self._holders, self._host.position.holders
        return holders is not self._holders

    def _viewer(self) -> Viewer:
        if self._grant.role is Role.FACILITATOR:
            return FACILITATOR
        if self._grant.role is Role.PLAYER and self._grant.person is not None:
            seat = self._host.position.seat_of(PersonId(self._grant.person))
            return PUBLIC if seat is None else seated(seat)
        return PUBLIC

    def _you(self, viewer: Viewer) -> You:
        role = self._grant.role.value
        assert role in ("player", "facilitator", "observer")
        return You(role=role, seat=viewer.seat, person=self._grant.person, name=self._grant.name)

    def _send(self, frame: Welcome | Refused | Pong | People) -> None:
        self.outbox.put(frame.model_dump_json())


def ration(bucket: TokenBucket) -> None:
    """Count a frame of a known token. Raises ProtocolViolation at the limit."""
    if not bucket.take():
        raise ProtocolViolation(CloseCode.POLICY, "too many frames; slow down and reconnect")
