"""Stage games: payoffs, classes and equilibria. Imports no other folder of the rules."""
