"""Scenarios: everything that is fixed before a match begins."""
