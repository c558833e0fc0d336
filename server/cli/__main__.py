"""Runs `detente` for `python -m server.cli`."""

from server.cli import program

program()
