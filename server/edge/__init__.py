"""Where the world meets the server: sockets, pages, doors and their limits."""
