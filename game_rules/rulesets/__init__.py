"""The versions of the rules: one value each, and the one that a match is played by."""
