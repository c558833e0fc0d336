"""Doctrines: bots that follow a school of statecraft and negotiate."""
