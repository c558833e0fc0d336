"""All commands by class name; each is defined with its answer in its own file.

Error messages list the commands in this order.
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
