"""Seminars: one class, one code, several matches at the same time."""
