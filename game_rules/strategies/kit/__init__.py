"""Building blocks of strategies: definitions, machines, views of a match."""
