"""`detente tournament`: one file a command, and what they share."""

from server.cli.tournament.commands import command

__all__ = ["command"]
