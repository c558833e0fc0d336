"""What an arena is for a seat, and what would change it."""
