"""Lenses: realism, liberalism and constructivism as changes of the payoffs."""
