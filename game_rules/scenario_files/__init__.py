"""Scenarios from TOML: one module per table. docs/scenarios.md has the format."""
