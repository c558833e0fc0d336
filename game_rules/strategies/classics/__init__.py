"""Strategies from the literature, one family per file."""
