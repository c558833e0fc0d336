"""Transport: sockets, HTTP headers and static pages."""
