"""The rules engine: pure functions without I/O or clock; all chance comes from the seed."""

RULES_VERSION = 2
"""Raised whenever the same scenario, seed and orders would give another log."""
