"""Guests of a contest: bots of strangers, each in a process of its own, with bounds."""
