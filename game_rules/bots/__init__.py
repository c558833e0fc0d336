"""Bots: orders, bargaining, whole matches and their outcomes."""
