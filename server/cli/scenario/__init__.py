"""Commands about what can be played: scenarios and strategies."""
