"""A scenario: all that is fixed before a match begins."""
