"""The frames of the socket, both ways, and the limits of their fields."""
