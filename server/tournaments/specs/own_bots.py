"""Bots of their authors: files in Python, and commands in any language. None runs in this process.

Files are looked at without being run; whatever goes wrong once they run is the bot's forfeit.
"""

import ast
import hashlib
import shlex
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from client.bot.errors import BadBot
from game_rules.errors import InvalidInput
from game_rules.nearest import nearest
from game_rules.strategies import Strategy
from server.tournaments.guests.limits import GuestLimits
from server.tournaments.guests.process import Program
from server.tournaments.guests.table import GuestRoutine

COMMAND = "cmd:"
_BOT, _CHOOSE = "Bot", "choose"


@dataclass(frozen=True, slots=True)
class OwnBotFile:
    """A bot's class in a file. source: the text at the time of entry, which is what plays.

    sha256: of that text.
    """

    name: str
    path: str
    bot: str
    source: str = field(repr=False)
    sha256: str

    @property
    def places(self) -> tuple[Path, ...]:
        """The files that are the bot's own."""
        return (Path(self.path),)

    def program(self, others: Iterable[Path]) -> Program:
        """Return what runs. others: files of other guests, which it must not be shown."""
        path = Path(self.path)
        is_alone = not any(other.is_relative_to(path.parent) for other in others)
        shown = (str(path.parent if is_alone else path),)
        return Program(self.name, self.path, self.bot, self.source, shown=shown)

    def description(self) -> dict[str, Any]:
        """Describe it, so that it can be found again and recognised as unchanged."""
        return {"name": self.name, "bot": self.bot, "sha256": self.sha256, "path": self.path}


@dataclass(frozen=True, slots=True)
class OwnCommand:
    """A bot in any language. path: the folder in which it runs. sha256: of the files it names."""

    name: str
    path: str
    words: tuple[str, ...]
    sha256: str

    @property
    def places(self) -> tuple[Path, ...]:
        """The files that are the bot's own."""
        return tuple(_files_of(self.words, Path(self.path)))

    def program(self, others: Iterable[Path]) -> Program:
        """Return what runs. others: files of other guests, which it must not be shown."""
        listed = list(others)
        shown = [_folder_of(place, listed) for place in self.places]
        found = shutil.which(self.words[0])
        shown += [] if found is None else [_home_of(Path(found).resolve(), listed), Path(found)]
        return Program(self.name, self.path, command=self.words, shown=tuple(map(str, shown)))

    def description(self) -> dict[str, Any]:
        """Describe it, so that it can be found again and recognised as unchanged."""
        return {
            "name": self.name,
            "command": list(self.words),
            "sha256": self.sha256,
            "path": self.path,
        }


OwnBot = OwnBotFile | OwnCommand


def guests_of(own: Iterable[OwnBot], limits: GuestLimits) -> Mapping[str, Strategy]:
    """Make strategies of all own bots of a tournament, by name; each plays in its own process."""
    from game_rules.strategies.own import foreign_strategy

    listed = tuple(own)
    made = {}
    for bot in listed:
        others = [place for other in listed if other != bot for place in other.places]
        others = [place for place in others if place not in bot.places]
        made[bot.name] = foreign_strategy(bot.name, GuestRoutine(bot.program(others), limits))
    return made


def is_own(entrant: str) -> bool:
    """Tell whether an entrant is its author's own: FILE.py, FILE.py:Class or cmd:PROGRAM.

    >>> is_own("my_bot.py:MyBot"), is_own("cmd:node bot.mjs"), is_own("tit_for_tat")
    (True, True, False)
    """
    return entrant.endswith(".py") or ".py:" in entrant or entrant.startswith(COMMAND)


def enter(entrant: str) -> OwnBot:
    """Read a bot's file and find its class, or find a command's program. Raises BadBot."""
    if entrant.startswith(COMMAND):
        return _enter_command(entrant)
    file, _, name = ("", "", entrant) if ":" not in entrant else entrant.rpartition(":")
    if not file or name.endswith(".py"):
        file, name = entrant, ""
    path = Path(file)
    if path.suffix != ".py" or not path.is_file():
        raise BadBot(f"{path}: there is no such Python file; write FILE.py:Class")
    source = _text_of(path)
    bot = _class_in(source, file, name)
    return OwnBotFile(f"{path.name}:{bot}", str(path.resolve()), bot, source, _hash(source))


def find_again(described: Mapping[str, Any]) -> OwnBot:
    """Find a bot of a stored tournament. Raises InvalidInput if its file has changed."""
    try:
        own = _found(described)
    except OSError as error:
        raise InvalidInput(f"{described['name']}: its file cannot be read; put it back") from error
    if own.sha256 != described["sha256"]:
        raise InvalidInput(f"{own.name} has changed since; put the old file back, or run it again")
    return own


def stand_in(described: Mapping[str, Any]) -> OwnBot:
    """Describe a bot of a stored tournament without its file; it must not play."""
    if "command" in described:
        return OwnCommand(described["name"], "", tuple(described["command"]), described["sha256"])
    return OwnBotFile(described["name"], "", described["bot"], "", described["sha256"])


def _found(described: Mapping[str, Any]) -> OwnBot:
    if "command" in described:
        words, folder = tuple(described["command"]), described["path"]
        return OwnCommand(described["name"], folder, words, _hash_of(words, Path(folder)))
    source = Path(described["path"]).read_text(encoding="utf-8")
    name, place, bot = described["name"], described["path"], described["bot"]
    return OwnBotFile(name, place, bot, source, _hash(source))


def _hash(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadBot(f"{path}: cannot be read ({error}); give a text file in UTF-8") from error


def _class_in(source: str, file: str, name: str) -> str:
    """Find a bot's class in a file's text. Raises BadBot for what cannot be one."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", "?")
        problem = getattr(error, "msg", None) or error
        raise BadBot(f"{file}: line {line}: {problem}; mend the file") from error
    classes = {each.name: each for each in body if isinstance(each, ast.ClassDef)}
    if not name:
        name = _only(classes, file)
    if name not in classes:
        if name in _other_names(body):
            return name
        raise BadBot(f"{file} has no class {name!r}; {nearest(name, classes)}")
    bases = [ast.unparse(base).rpartition(".")[2] for base in classes[name].bases]
    if not bases:
        raise BadBot(f"{name} in {file} is no Bot; begin it with: class {name}(Bot)")
    if bases == [_BOT] and _CHOOSE not in _other_names(classes[name].body):
        raise BadBot(f"{name} in {file} has no choose(self, view); write that method")
    return name


def _only(classes: Mapping[str, ast.ClassDef], file: str) -> str:
    """Name the only class of a file that is a bot, by what it is derived from."""
    bots = {_BOT}
    for name, each in classes.items():
        if any(ast.unparse(base).rpartition(".")[2] in bots for base in each.bases):
            bots.add(name)
    listed = [name for name in classes if name in bots]
    if len(listed) != 1:
        names = ", ".join(listed) or "none"
        raise BadBot(f"{file} has {len(listed)} bots ({names}); name one: {file}:Class")
    return listed[0]


def _other_names(body: Iterable[ast.stmt]) -> set[str]:
    """List what statements define, import or assign, at their own level."""
    names: set[str] = set()
    for each in body:
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(each.name)
        elif isinstance(each, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in each.names}
        elif isinstance(each, ast.Assign | ast.AnnAssign):
            names |= {node.id for node in ast.walk(each) if isinstance(node, ast.Name)}
    return names


def _enter_command(entrant: str) -> OwnCommand:
    try:
        words = tuple(shlex.split(entrant.removeprefix(COMMAND)))
    except ValueError as error:
        raise BadBot(f"{entrant}: {error}; write cmd:PROGRAM FILE") from error
    if not words or shutil.which(words[0]) is None:
        raise BadBot(f"{entrant}: there is no such program; write cmd:PROGRAM FILE")
    folder = Path.cwd()
    return OwnCommand(
        " ".join((COMMAND + words[0], *words[1:])), str(folder), words, _hash_of(words, folder)
    )


def _hash_of(words: tuple[str, ...], folder: Path) -> str:
    """Hash a command and the files that it names."""
    told = hashlib.sha256("\0".join(words).encode())
    for place in _files_of(words, folder):
        told.update(place.read_bytes())
    return told.hexdigest()


def _files_of(words: Iterable[str], folder: Path) -> list[Path]:
    """List the files that a command names, its program too if it is one of them."""
    places = [(folder / word).resolve() for word in words]
    return [place for place in places if place.is_file()]


def _home_of(program: Path, others: Iterable[Path]) -> Path:
    """Find what a program needs beside it: all of /opt/node for /opt/node/bin/node."""
    root = program.parent.parent
    is_apart = root != Path.home() and not any(other.is_relative_to(root) for other in others)
    return root if program.parent.name == "bin" and is_apart else program


def _folder_of(place: Path, others: Iterable[Path]) -> Path:
    is_alone = not any(other.is_relative_to(place.parent) for other in others)
    return place.parent if is_alone else place
