"""What rounds leave behind: trust, dependency, tension, institutions, incidents, the index."""
