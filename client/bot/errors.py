"""Errors that keep a bot from playing; the message is one line for its author."""

from game_rules.errors import InvalidInput


class BadBot(InvalidInput):
    """A file, or a class in it, that is not a bot."""


class CannotJoin(InvalidInput):
    """A link, code or seat that is not available, or a server that does not answer."""


class NameTaken(CannotJoin):
    """Somebody in the match or seminar has this name, or one that looks like it."""
