"""The log of a match: events, the position, and the reducer."""
