"""The frames of the socket, both ways, and all that a field may hold."""
