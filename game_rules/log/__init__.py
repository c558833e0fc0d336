"""The log of a match: commands, events, the position they fold to, and the one reducer."""
