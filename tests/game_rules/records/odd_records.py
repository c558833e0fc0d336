"""One corpus of odd records, which the command line and the browser have to judge alike."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from game_rules.bots.bot_match import play_bot_match
from game_rules.match.clock import EndMatch
from game_rules.records.codec import dumps
from game_rules.records.record import write_record
from game_rules.roles import PersonId
from game_rules.scenario_files.scenarios import shipped_scenario
from tests.game_rules.scenes import CHN, JPN, Table, a_scenario

_SCENARIO = shipped_scenario("prisoners_dilemma")
LOG = play_bot_match(_SCENARIO, dict.fromkeys(_SCENARIO.seats, "tit_for_tat"), "7")
SOUND = write_record(LOG, "test").encode()
LINES = SOUND.splitlines(keepends=True)


def _bodies() -> list[dict[str, Any]]:
    bodies = [json.loads(line) for line in LINES]
    for body in bodies:
        del body["hash"]
    return bodies


def _chained(bodies: list[dict[str, Any]], write: Any = dumps) -> bytes:
    """Write bodies as a forger does: every hash in order."""
    previous, lines = "", []
    for body in bodies:
        text = write(body)
        previous = sha256(f"{previous}\n{text}".encode()).hexdigest()
        lines.append(f'{text[:-1]},"hash":"{previous}"}}\n')
    return "".join(lines).encode()


def _with(place: int, **changes: Any) -> bytes:
    bodies = _bodies()
    bodies[place] = {**bodies[place], **changes}
    return _chained(bodies)


def _event_with(place: int, **changes: Any) -> bytes:
    return _with(place, event={**_bodies()[place]["event"], **changes})


def _other_rules() -> bytes:
    first = replace(LOG[0], rules_version=99)  # type: ignore[call-arg]
    return write_record((first, *LOG[1:]), "test").encode()


def _with_people() -> bytes:
    """Write a record of rules 2, with its names in a last line."""
    table = Table(a_scenario(rivals=()), version=2).seat(CHN, JPN)
    table.do(EndMatch())
    names = {PersonId(seat): f"Ms {seat}" for seat in (CHN, JPN)}
    return write_record(table.log, "test", names).encode()


NAMED = _with_people()
"""The last line holds names; what is before it is a whole record."""


def _named_otherwise(body: dict[str, Any]) -> bytes:
    """Chain another last line to the record with names."""
    bodies = [json.loads(line) for line in NAMED.splitlines()][:-1]
    for each in bodies:
        del each["hash"]
    return _chained([*bodies, body])


ODD_RECORDS: Mapping[str, bytes] = {
    "sound": SOUND,
    "crlf": SOUND.replace(b"\n", b"\r\n"),
    "cr": SOUND.replace(b"\n", b"\r"),
    "byte order mark": b"\xef\xbb\xbf" + SOUND,
    "blank last line": SOUND + b"\n",
    "blank lines": SOUND.replace(b"\n", b"\n \n"),
    "no last line break": SOUND[:-1],
    "all of mail and editor": b"\xef\xbb\xbf" + SOUND.replace(b"\n", b"\r\n") + b"\r\n",
    "gzip": gzip.compress(SOUND, mtime=0),
    "gzip of crlf": gzip.compress(SOUND.replace(b"\n", b"\r\n"), mtime=0),
    "gzip cut": gzip.compress(SOUND, mtime=0)[:-20],
    "gzip damaged": b"\x1f\x8b" + b"x" * 40,
    "utf-16": SOUND.decode().encode("utf-16"),
    "empty": b"",
    "blank": b"\n\n",
    "cut in a line": SOUND[: len(SOUND) // 2],
    "cut after a line": b"".join(LINES[:9]),
    "header alone": LINES[0],
    "no closing line": b"".join(LINES[:-1]),
    "two glued": SOUND + SOUND,
    "a line lost": b"".join(LINES[:4] + LINES[5:]),
    "two lines swapped": b"".join((*LINES[:4], LINES[5], LINES[4], *LINES[6:])),
    "a letter changed": SOUND.replace(b'"seed":"7"', b'"seed":"8"', 1),
    "a hash changed": SOUND[:-6] + b'0"}\n' if SOUND[-4:-3] != b"0" else SOUND[:-6] + b'1"}\n',
    "not json": b"hello\n",
    "a word": b"hello",
    "html": b"<!doctype html>\n<title>Sign in</title>\n",
    "a list": b"[1]\n",
    "rules 99, hashed": _other_rules(),
    "header of rules 99, hashed": _with(0, rules_version=99),
    "format 2, hashed": _with(0, format="detente-record/2"),
    "no seed, hashed": _event_with(1, seed=None),
    "wrong number, hashed": _with(3, seq=7),
    "another key, hashed": _with(3, more=1),
    "closing line of fewer, hashed": _with(len(LINES) - 1, end=3),
    "spaced, hashed": _chained(_bodies(), json.dumps),
    "no event, hashed": _with(2, event=None),
    "first event another, hashed": _chained([*_bodies()[:1], *_bodies()[2:]]),
    "with names": NAMED,
    "with names, crlf": NAMED.replace(b"\n", b"\r\n"),
    "with names, no last line break": NAMED[:-1],
    "names taken away": b"".join(NAMED.splitlines(keepends=True)[:-1]),
    "a name changed": NAMED.replace(b"Ms CHN", b"Ms XXX"),
    "names of nobody, hashed": _named_otherwise({"people": {}}),
    "names of strangers, hashed": _named_otherwise({"people": {"p9": "Amna"}}),
    "names that are numbers, hashed": _named_otherwise({"people": {"CHN": 7}}),
    "names in a list, hashed": _named_otherwise({"people": ["CHN"]}),
    "names and more, hashed": _named_otherwise({"people": {"CHN": "Ms CHN"}, "more": 1}),
    "names in rules 1, hashed": _chained([*_bodies(), {"people": {"CHN": "Ms CHN"}}]),
}

FORGED: Mapping[str, bytes] = {
    "another seed, hashed": _event_with(1, seed="8"),
    "times of another day, hashed": _event_with(4, at_ms=99_999_999),
}
"""Every hash is in order, and the rules were not followed: the page cannot tell, and must not."""
