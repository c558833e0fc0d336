"""Moves: one kind per file, and what all moves of a round do together."""
