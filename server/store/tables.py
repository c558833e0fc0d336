"""The tables of the database; every column is declared here, partial indexes in `indexes`.

Table models do not validate, so no outside input is parsed into them. Times are whole milliseconds
since 1970, as the clock port gives them. A match row is a summary for lists; the log is the truth
about a match, so events have no foreign key to a row.
"""

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, text
from sqlmodel import Field, SQLModel

# Names for constraints, so that a later migration can drop them.
SQLModel.metadata.naming_convention = {
    "pk": "%(table_name)s_key",
    "uq": "%(table_name)s_%(column_0_name)s_once",
    "fk": "%(table_name)s_%(column_0_name)s_exists",
    "ix": "%(table_name)s_by_%(column_0_name)s",
}


class MatchRow(SQLModel, table=True):
    """A match as lists show it; phase and round lag behind the log.

    is_open_to_link: whether whoever has the link may read the match once it has ended.
    replaced_by: the branch that took its place after an undo. ended_at_ms to digest_version: of its
    `Digest`, nulls and 0 until it has ended; incidents are words with a space on either side.
    seminar_id: of the class that it counts in; None: of none, or it was dropped.
    room: what one server plays as a whole, its class or its first trunk; None: the match itself.
    model_of, model_from: the trunk of a model of what might have happened, and its first round.
    """

    __tablename__ = "matches"
    __table_args__ = (
        Index(
            "matches_newest",  # holds whatever a library is filtered by
            "created_at_ms",
            "id",
            "scenario",
            "is_over",
            "replaced_by",
            "seats",
            "ended_at_ms",
            "outlook",
            "incidents",
            "breaches",
            "digest_version",
            "seminar_id",
        ),
    )

    id: str = Field(primary_key=True)
    code: str = Field(unique=True)
    scenario: str
    title: str
    created_at_ms: int = Field(sa_type=BigInteger)
    rounds: int
    round: int = 0
    phase: str
    seats_held: int = 0
    is_over: bool = False
    is_open_to_link: bool = False
    replaced_by: str | None = None
    seats: int | None = None
    ended_at_ms: int | None = Field(default=None, sa_type=BigInteger)
    outlook: str | None = None
    incidents: str | None = None
    breaches: int | None = None
    digest_version: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    room: str | None = None
    model_of: str | None = None
    model_from: int | None = None
    seminar_id: str | None = None


class TagRow(SQLModel, table=True):
    """A word under which facilitators find a match again."""

    __tablename__ = "match_tags"
    __table_args__ = (Index("match_tags_by_tag", "tag", "match_id"),)

    match_id: str = Field(primary_key=True, foreign_key="matches.id")
    tag: str = Field(primary_key=True)


class NotesRow(SQLModel, table=True):
    """What facilitators note beside a match. notes: a list as JSON; version: how often changed."""

    __tablename__ = "match_notes"

    match_id: str = Field(primary_key=True, foreign_key="matches.id")
    version: int
    notes: str = Field(sa_type=Text)


class EventRow(SQLModel, table=True):
    """One event of a log. Triggers forbid changing or deleting it."""

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("seq > 0", name="events_seq_counts_from_one"),
        CheckConstraint("command_id IS NULL OR actor IS NOT NULL", name="events_command_has_actor"),
    )

    match_id: str = Field(primary_key=True)
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    payload: str = Field(sa_type=Text)
    actor: str | None = None
    command_id: str | None = None


class PersonRow(SQLModel, table=True):
    """What a person of a match is called; None: forgotten.

    The log of rules 2 holds ids alone, so that a name can be taken away without a change of it.
    """

    __tablename__ = "people"

    match_id: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    name: str | None = None


class TokenRow(SQLModel, table=True):
    """The grant of a token; the token itself is not stored.

    Neither match nor seminar: the host's own token.
    """

    __tablename__ = "tokens"

    token_hash: str = Field(primary_key=True)
    match_id: str | None = Field(default=None, foreign_key="matches.id", index=True)
    seminar_id: str | None = Field(default=None, foreign_key="seminars.id", index=True)
    role: str
    person: str | None = None
    name: str | None = None
    created_at_ms: int = Field(sa_type=BigInteger)
    is_revoked: bool = False


class HeartbeatRow(SQLModel, table=True):
    """The last time at which the server was known to run: a single row."""

    __tablename__ = "heartbeat"
    __table_args__ = (CheckConstraint("id = 1", name="heartbeat_is_single"),)

    id: int = Field(default=1, primary_key=True)
    at_ms: int = Field(sa_type=BigInteger)


class ServerRow(SQLModel, table=True):
    """A server on a database that several may share; its leases hold until expires_ms.

    address: where the other servers reach it. host_hash: of the secret in the facilitator's link.
    alive_at_ms: on its own clock. expires_ms: on the database's clock.
    """

    __tablename__ = "servers"

    id: str = Field(primary_key=True)
    address: str
    host_hash: str
    alive_at_ms: int = Field(sa_type=BigInteger)
    expires_ms: int = Field(sa_type=BigInteger)


class LeaseRow(SQLModel, table=True):
    """Which server plays a room; see `store.leases`.

    epoch: counts the owners; every append carries it. left_at_ms: when the last owner gave the room
    up, on its clock; None while it is held, or if the owner never said so.
    """

    __tablename__ = "leases"

    room: str = Field(primary_key=True)
    owner: str = Field(index=True)
    epoch: int = Field(sa_type=BigInteger)
    left_at_ms: int | None = Field(default=None, sa_type=BigInteger)


class TournamentRow(SQLModel, table=True):
    """A tournament of bots. The id is a hash of its spec; the document is its result.

    description and document hold everything that matters (document is compressed); the other
    columns are for lists. is_hosted: a server plays it, and resumes it when it starts again.
    pieces: or matches, where pieces are cut by time. alive_at_ms: when its player last said so.
    """

    __tablename__ = "tournaments"
    __table_args__ = (Index("tournaments_newest", "created_at_ms", "id"),)

    id: str = Field(primary_key=True)
    kind: str
    game: str
    entrants: int
    description: str = Field(sa_type=Text)
    rules_version: int
    software_version: str
    progress: str = Field(index=True)
    problem: str | None = None
    is_hosted: bool = False
    pieces: int
    pieces_played: int = 0
    created_at_ms: int = Field(sa_type=BigInteger)
    finished_at_ms: int | None = Field(default=None, sa_type=BigInteger)
    alive_at_ms: int | None = Field(default=None, sa_type=BigInteger)
    document: bytes | None = None


class TournamentPieceRow(SQLModel, table=True):
    """A piece of an unfinished tournament, so that a stop loses nothing.

    Pieces with the matches of guests stay, because those matches are not played again.
    """

    __tablename__ = "tournament_pieces"

    tournament_id: str = Field(primary_key=True, foreign_key="tournaments.id")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    played: bytes


class SeminarRow(SQLModel, table=True):
    """A class with one code and several matches of a scenario.

    pairing: how a scenario for two draws pairs. bot: the strategy of empty seats. treatments: the
    conditions of the matches, as JSON. is_open_to_link: the setting of its matches to come.
    is_together: whether no table opens a round before all others have resolved the last one.
    is_waiting_named: whether the wall names whom a table waits for.
    """

    __tablename__ = "seminars"
    __table_args__ = (Index("seminars_newest", "created_at_ms", "id"),)

    id: str = Field(primary_key=True)
    code: str = Field(unique=True)
    name: str
    scenario: str
    pace: float | None = None
    seed: str
    pairing: str | None = None
    bot: str
    treatments: str = Field(sa_type=Text)
    created_at_ms: int = Field(sa_type=BigInteger)
    is_archived: bool = False
    is_rehearsal: bool = False
    is_open_to_link: bool = False
    is_together: bool = False
    is_waiting_named: bool = False


class SeminarMatchRow(SQLModel, table=True):
    """A match of a seminar. treatment: its name. is_dropped: replaced before it started."""

    __tablename__ = "seminar_matches"

    match_id: str = Field(primary_key=True, foreign_key="matches.id")
    seminar_id: str = Field(foreign_key="seminars.id", index=True)
    number: int
    treatment: str | None = None
    is_dropped: bool = False


class SeminarPersonRow(SQLModel, table=True):
    """A person who joined a seminar. match_id: the person's match; None while waiting.

    key_hash: of the key with which the person can rejoin from another device.
    """

    __tablename__ = "seminar_people"

    seminar_id: str = Field(primary_key=True, foreign_key="seminars.id")
    person: str = Field(primary_key=True)
    name: str
    key_hash: str
    match_id: str | None = Field(default=None, foreign_key="matches.id")
    joined_at_ms: int = Field(sa_type=BigInteger)
    is_removed: bool = False
