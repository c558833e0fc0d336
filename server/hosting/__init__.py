"""A match that runs: its host, its clock, its bots and what it publishes."""
