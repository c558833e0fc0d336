"""Logs as text that can be read, replayed and checked anywhere."""
