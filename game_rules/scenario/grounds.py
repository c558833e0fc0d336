"""Labels of numbers without a source."""

ASSUMPTION = "Assumption"


UNEXPLAINED = f"{ASSUMPTION}: made for play"


OF_THE_LIBRARY = f"{ASSUMPTION}: a point of the library's game, made for play"
