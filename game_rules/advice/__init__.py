"""Advice for a seat: game classes, move offers and the smallest changes that matter."""
