"""The analysis of a match that has ended: its moments, *what if*, a forecast from a round."""
