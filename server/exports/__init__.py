"""A match as tables for statistics."""
