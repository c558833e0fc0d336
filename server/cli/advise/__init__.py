"""`detente advise`: name a game and say what would change it."""
