"""Bots from their authors' files, which only the author's own command runs."""

import hashlib
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from client.bot import Bot
from game_rules.errors import InvalidInput
from game_rules.strategies import Strategy


@dataclass(frozen=True, slots=True)
class OwnBotFile:
    """A bot's class in a file. source: the text at the time of entry, which is what plays."""

    name: str
    path: str
    bot: str
    source: str = field(repr=False)

    @property
    def sha256(self) -> str:
        """The hash of the file's text."""
        return hashlib.sha256(self.source.encode()).hexdigest()

    def strategy(self) -> Strategy:
        """Make it a strategy that can enter a contest and run in other processes."""
        from game_rules.strategies.own import own_strategy

        return own_strategy(self.name, Maker(self))

    def description(self) -> dict[str, Any]:
        """Describe it, so that it can be found again and recognised as unchanged."""
        return {"name": self.name, "bot": self.bot, "sha256": self.sha256, "path": self.path}


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes a new bot for every match."""

    own: OwnBotFile

    def __call__(self) -> Bot:
        """Make one."""
        return _class_of(self.own)()


def is_own(entrant: str) -> bool:
    """Tell whether an entrant is written as a file, FILE.py or FILE.py:Class.

    >>> is_own("my_bot.py:MyBot"), is_own("tit_for_tat")
    (True, False)
    """
    return entrant.endswith(".py") or ".py:" in entrant


def enter(entrant: str) -> OwnBotFile:
    """Read a bot's file and find its class. Raises BadBot."""
    from client.bot.bot_file import load_bot

    found = load_bot(entrant)
    path = Path(entrant.removesuffix(f":{found.__name__}"))
    source = path.read_text(encoding="utf-8")
    name = f"{path.name}:{found.__name__}"
    return OwnBotFile(name, str(path.resolve()), found.__name__, source)


def find_again(described: dict[str, Any]) -> OwnBotFile:
    """Find a bot of a stored tournament. Raises InvalidInput if its file has changed."""
    path = Path(described["path"])
    try:
        source = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"{described['name']}: its file cannot be read; put it back") from error
    own = OwnBotFile(described["name"], described["path"], described["bot"], source)
    if own.sha256 != described["sha256"]:
        raise InvalidInput(f"{own.name} has changed since; put the old file back, or run it anew")
    return own


def stand_in(described: dict[str, Any]) -> OwnBotFile:
    """Describe a bot of a stored tournament without its file; it must not play."""
    return OwnBotFile(described["name"], "", described["bot"], "")


@cache
def _class_of(own: OwnBotFile) -> type[Bot]:
    """Load the class from its file, or from a copy of its text if the file is missing."""
    from client.bot.bot_file import load_bot

    path = Path(own.path)
    if path.is_file() and path.read_text(encoding="utf-8") == own.source:
        return load_bot(f"{path}:{own.bot}")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, path.name)
        copy.write_text(own.source, encoding="utf-8")
        return load_bot(f"{copy}:{own.bot}")
