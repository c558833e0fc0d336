"""Loads a bot's class from its author's file, which runs in the author's own process."""

import inspect
import sys
import traceback
from collections.abc import Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from client.bot.bot import Bot
from client.bot.errors import BadBot
from game_rules.nearest import nearest


def load_bot(place: str) -> type[Bot]:
    """Find a bot's class by FILE.py:Class; a file with one bot needs no class.

    Raises BadBot if there is no such file or class, or if the class cannot play.
    """
    file, _, name = ("", "", place) if ":" not in place else place.rpartition(":")
    if not file or name.endswith(".py"):
        file, name = place, ""
    module = _run(Path(file))
    classes = {n: c for n, c in vars(module).items() if inspect.isclass(c)}
    bot = _named(classes, name, file) if name else _only(classes, module, file)
    if not issubclass(bot, Bot):
        raise BadBot(f"{name} in {file} is no Bot; begin it with: class {name}(Bot)")
    if bot.choose is Bot.choose:
        raise BadBot(f"{bot.__name__} in {file} has no choose(self, view); write that method")
    return bot


def make_bot(bot: type[Bot]) -> Bot:
    """Make a bot for one match. Raises BadBot if its author's code does not let it."""
    try:
        return bot()
    except Exception as error:
        problem = f"{bot.__name__}() raised {type(error).__name__}: {error}"
        raise BadBot(f"{problem}; a bot is made without arguments") from error


def _named(classes: Mapping[str, type], name: str, file: str) -> type:
    if name not in classes:
        raise BadBot(f"{file} has no class {name!r}; {nearest(name, classes)}")
    return classes[name]


def _only(classes: Mapping[str, type], module: ModuleType, file: str) -> type:
    bots = [c for c in classes.values() if issubclass(c, Bot) and c.__module__ == module.__name__]
    if len(bots) != 1:
        names = ", ".join(bot.__name__ for bot in bots) or "none"
        raise BadBot(f"{file} has {len(bots)} bots ({names}); name one: {file}:Class")
    return bots[0]


def _run(path: Path) -> ModuleType:
    """Run a file as Python would: modules beside it can be imported."""
    if path.suffix != ".py" or not path.is_file():
        raise BadBot(f"{path}: there is no such Python file; write FILE.py:Class")
    spec = spec_from_file_location(f"bot_in_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = module_from_spec(spec)
    sys.path.insert(0, str(path.parent.resolve()))
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise BadBot(f"{path}: {_told(error, path)}; mend the file") from error
    return module


def _told(error: BaseException, path: Path) -> str:
    """Describe an error, with its line in the file."""
    if isinstance(error, SyntaxError):
        return f"line {error.lineno}: {error.msg}"
    own = str(path.absolute())
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == own]
    return f"line {lines[-1] if lines else '?'}: {type(error).__name__}: {error}"
