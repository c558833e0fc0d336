"""The log is the match: commands, events, the one way in and the one reducer."""
