"""What keeps a bot from playing; each is one line for its author, who can mend it."""

from game_rules.errors import InvalidInput


class BadBot(InvalidInput):
    """A file, or a class in it, that is no bot."""


class CannotJoin(InvalidInput):
    """A link, a code or a seat that cannot be had, or a server that does not answer."""
