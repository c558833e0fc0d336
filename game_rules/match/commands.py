"""All commands by the names of their classes; each stands with its answer in its own file.

In this order they are named to whoever asks for something else.
"""

from game_rules.match.command import Command as Command
from game_rules.match.seating import *
from game_rules.match.control import *
from game_rules.match.talk import *
from game_rules.match.pacts import *
from game_rules.match.orders import *
from game_rules.match.clock import *

COMMANDS: tuple[type[Command], ...] = tuple(
    kind
    for kind in vars().values()
    if isinstance(kind, type) and issubclass(kind, Command) and kind is not Command
)
"""Every kind of command."""
