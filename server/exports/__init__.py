"""Tables of a match for statistics."""
