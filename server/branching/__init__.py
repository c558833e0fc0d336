"""Models of what might have happened: matches played on from a round of another match."""
