"""Running matches: host, clock, bots and fan-out of events."""
