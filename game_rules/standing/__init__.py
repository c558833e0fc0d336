"""Standing between rounds: trust, dependency, tension, institutions, incidents, the index."""
