"""What a match is. Pure: no I/O, no clock, and chance only from the seed."""

RULES_VERSION = 1
"""Raised whenever the same scenario, seed and orders would give another log."""
