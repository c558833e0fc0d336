"""How a number without a source is labelled."""

ASSUMPTION = "Assumption"


UNEXPLAINED = f"{ASSUMPTION}: made for play"


OF_THE_LIBRARY = f"{ASSUMPTION}: a point of the library's game, made for play"
