"""Seminars: one class, one code, many matches side by side."""
