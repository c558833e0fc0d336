"""Rules version 2: standing changes the terms in force, never the arithmetic of a game."""
