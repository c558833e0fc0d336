"""Guests, who play alone against bots, and the databases that keep their matches for a day."""
