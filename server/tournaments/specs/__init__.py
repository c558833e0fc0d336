"""What a tournament is, and the chunks it is cut into."""
