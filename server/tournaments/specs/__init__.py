"""Specs of tournaments, and the pieces into which they are cut."""
