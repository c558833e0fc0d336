"""Stage games: what one is, what kind it is, and who would not move alone. Needs nothing else."""
