"""Realism, liberalism, constructivism: the same payoffs through other eyes."""
