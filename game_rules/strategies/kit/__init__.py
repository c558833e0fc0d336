"""What strategies are built from: definitions, machines, views of a match."""
