"""A match: its commands and what they do, the one way in, and who may see what."""
