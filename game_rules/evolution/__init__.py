"""Populations of strategies: Moran and replicator dynamics, lattices and graphs."""
