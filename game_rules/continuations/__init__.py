"""Continuations: how a match could have gone on, and what that says of its choices."""
