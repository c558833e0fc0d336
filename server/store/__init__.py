"""Storage: event logs and all other tables."""
