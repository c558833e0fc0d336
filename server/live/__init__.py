"""Live matches: one host a match, its conversations, its clock and its absent people."""
