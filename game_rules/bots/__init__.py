"""Bots in seats: orders, bargaining, whole matches and what becomes of them."""
