"""The log of a match: events, the position they fold to, and the one reducer."""
