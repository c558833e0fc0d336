"""Notation: a match as a text that people read and write, one line per round."""
