"""Scoped tokens, stored only as hashes.

A token is 256 random bits, so a plain SHA-256 cannot be reversed by guessing and needs no salt. The
grant of a token is cached in the memory of this server after the first look-up.
"""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select

from game_rules.roles import PersonId, Role
from server.access.grants import Grant, SeminarId
from server.access.names import PEOPLE, PEOPLE_OF_MODEL, next_person, require_free
from server.clock import Clock
from server.store.event_store import MatchId
from server.store.queries import AsyncTables, Beside, NothingBeside
from server.store.tables import TokenRow

INVITATION = "invitation"
"""Stored in place of a role: an invitation, which can be exchanged for a token once."""

TOKEN_BYTES = 32
TOKEN_LENGTH = 43
MOST_REMEMBERED = 10_000


class Access:
    """Issues, recognises and revokes tokens.

    revocations: the number of revocations so far; cached grants stay valid while it is unchanged.
    remembered_ms: for how long at most, because other servers may revoke too; None: no other does.
    """

    def __init__(
        self,
        tables: AsyncTables,
        clock: Clock,
        beside: Beside = NothingBeside(),  # noqa: B008  it holds nothing
        remembered_ms: int | None = None,
    ) -> None:
        self._tables, self._clock, self._beside = tables, clock, beside
        self._remembered: OrderedDict[str, Grant] = OrderedDict()
        self._remembered_ms, self._remembered_since_ms = remembered_ms, 0
        self.revocations = 0

    async def issue(
        self,
        role: Role,
        match_id: MatchId | None = None,
        person: str | None = None,
        name: str | None = None,
        seminar_id: SeminarId | None = None,
    ) -> str:
        """Make a token. It is returned only once and cannot be read back."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        row = TokenRow(
            token_hash=_hash(token),
            match_id=match_id,
            role=role.value,
            person=person,
            name=name,
            seminar_id=seminar_id,
            created_at_ms=self._clock.now_ms(),
        )
        tables = self._beside.of(match_id) or self._tables
        await tables.change(lambda session: session.add(row))
        return token

    async def admit(
        self,
        match_id: MatchId,
        name: str,
        *,
        is_numbered: bool = False,
        before: Iterable[PersonId] | None = None,
    ) -> tuple[str, str]:
        """Make a player's token for a match under a name of their own; return it and the person.

        is_numbered: whether people go by their number at the match: p1, p2, and so on. before: of a
        model, the people of its log, who are others. Raises NameTaken.
        """
        person, token = secrets.token_hex(8), secrets.token_urlsafe(TOKEN_BYTES)
        row = TokenRow(
            token_hash=_hash(token),
            match_id=match_id,
            role=Role.PLAYER.value,
            person=person,
            name=name,
            created_at_ms=self._clock.now_ms(),
        )
        others = select(TokenRow.name).where(
            col(TokenRow.match_id) == match_id,
            col(TokenRow.role) == Role.PLAYER.value,
            col(TokenRow.is_revoked).is_(False),
        )

        people = select(TokenRow.person).where(
            col(TokenRow.match_id) == match_id, col(TokenRow.role) == Role.PLAYER.value
        )

        def enter(session: Session) -> str:
            require_free(name, filter(None, session.exec(others)))
            if is_numbered:
                kind = PEOPLE if before is None else PEOPLE_OF_MODEL
                row.person = next_person(kind, (*session.exec(people), *(before or ())))
            session.add(row)
            return row.person or ""

        return token, await self._tables.change(enter)

    async def invite(
        self,
        person: str,
        name: str,
        match_id: MatchId | None = None,
        seminar_id: SeminarId | None = None,
    ) -> str:
        """Make an invitation to lead a match or a seminar; see `accept`."""
        secret = secrets.token_urlsafe(TOKEN_BYTES)
        row = TokenRow(
            token_hash=_hash(secret),
            match_id=match_id,
            role=INVITATION,
            person=person,
            name=name,
            seminar_id=seminar_id,
            created_at_ms=self._clock.now_ms(),
        )
        await self._tables.change(lambda session: session.add(row))
        return secret

    async def accept(self, secret: str) -> tuple[str, Grant] | None:
        """Exchange an invitation for a facilitator's token; None if it is used or unknown."""
        token, now_ms = secrets.token_urlsafe(TOKEN_BYTES), self._clock.now_ms()
        query = select(TokenRow).where(
            col(TokenRow.token_hash) == _hash(secret),
            col(TokenRow.role) == INVITATION,
            col(TokenRow.is_revoked).is_(False),
        )

        def exchange(session: Session) -> Grant | None:
            row = session.exec(query).first()
            if row is None:
                return None
            row.is_revoked = True
            led = row.model_dump(include={"match_id", "person", "name", "seminar_id"})
            known = TokenRow(
                token_hash=_hash(token),
                role=Role.FACILITATOR.value,
                created_at_ms=now_ms,
                **led,
            )
            session.add_all((row, known))
            return _granted(known)

        grant = await self._tables.change(exchange)
        return None if grant is None else (token, grant)

    def forget(self) -> None:
        """Clear the cache, because some tokens now belong to another match."""
        self.revocations += 1
        self._remembered.clear()

    async def authenticate(self, token: str) -> Grant | None:
        """Return the grant of a token; None if it is unknown or revoked."""
        if len(token) != TOKEN_LENGTH or not token.isascii():
            return None
        token_hash = _hash(token)
        self._forget_the_old()
        if (grant := self._remembered.get(token_hash)) is not None:
            self._remembered.move_to_end(token_hash)
            return grant
        return await self._look_up(token_hash)

    def _forget_the_old(self) -> None:
        """Clear the cache from time to time if other servers may revoke what is in it."""
        if self._remembered_ms is None:
            return
        now_ms = self._clock.now_ms()
        if now_ms - self._remembered_since_ms >= self._remembered_ms:
            self._remembered_since_ms = now_ms
            self._remembered.clear()

    async def revoke(self, token: str) -> None:
        """Revoke a token; it is refused from the moment this returns."""
        await self._revoke(col(TokenRow.token_hash) == _hash(token))

    async def revoke_person(self, match_id: MatchId, person: str) -> None:
        """Revoke every token of a person at a match."""
        await self._revoke(col(TokenRow.match_id) == match_id, col(TokenRow.person) == person)

    async def revoke_member(self, seminar_id: SeminarId, person: str) -> None:
        """Revoke every token of a person at a seminar, also those of its matches."""
        await self._revoke(col(TokenRow.seminar_id) == seminar_id, col(TokenRow.person) == person)

    async def _look_up(self, token_hash: str) -> Grant | None:
        # A revocation during the query may have made the answer stale: ask again.
        while True:
            seen = self.revocations
            grant = await self._found(token_hash)
            if seen == self.revocations:
                break
        if grant is not None:
            self._remembered[token_hash] = grant
            if len(self._remembered) > MOST_REMEMBERED:
                self._remembered.popitem(last=False)
        return grant

    async def _found(self, token_hash: str) -> Grant | None:
        """Look for a token in the main database, then in those beside it."""
        for tables in (self._tables, *self._beside.each()):
            grant = await tables.view(lambda session: _grant(session, token_hash))
            if grant is not None:
                return grant
        return None

    async def _revoke(self, *which: ColumnElement[bool]) -> None:
        revocation = update(TokenRow).where(*which).values(is_revoked=True)
        await self._tables.change(lambda session: session.connection().execute(revocation))
        self.forget()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _grant(session: Session, token_hash: str) -> Grant | None:
    query = select(TokenRow).where(
        col(TokenRow.token_hash) == token_hash,
        col(TokenRow.is_revoked).is_(False),
        col(TokenRow.role) != INVITATION,
    )
    row = session.exec(query).first()
    return None if row is None else _granted(row)


def _granted(row: TokenRow) -> Grant:
    match_id = None if row.match_id is None else MatchId(row.match_id)
    seminar_id = None if row.seminar_id is None else SeminarId(row.seminar_id)
    return Grant(Role(row.role), match_id, row.person, row.name, seminar_id)
