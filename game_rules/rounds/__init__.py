"""Rounds: the arenas in force, injects, payoffs, pacts and fog."""
