"""So that `python -m server.cli` is `detente`."""

from server.cli import program

program()
