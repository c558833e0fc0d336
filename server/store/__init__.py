"""What is kept: logs and all other tables."""
