"""The rim: sockets, HTTP headers and pages."""
