"""What seats do beside their orders: pacts, moves, mediation."""
