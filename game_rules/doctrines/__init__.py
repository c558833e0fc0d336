"""Doctrines: schools of statecraft as bots that bargain, beside the classical strategies."""
