"""Scenarios from TOML: one module a table. docs/scenarios.md has the format."""
