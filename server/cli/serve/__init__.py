"""`detente serve`: run a server."""
