"""A match: its commands, the decision of each, and the visibility of events."""
