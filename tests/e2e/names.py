"""How a sentence of the page names a country: "the Philippines", but "China"."""

import json
from pathlib import Path

CATALOGUE = Path(__file__).parents[2] / "client" / "web" / "src" / "i18n" / "languages" / "en.json"
NAMED = json.loads(CATALOGUE.read_text(encoding="utf-8"))["words"]["country.the"].split("\n")


def the(country: str) -> str:
    """Give a country's name as it stands within a sentence."""
    return next((named for named in NAMED if named.lower() == f"the {country}".lower()), country)


def begun(country: str) -> str:
    """Give a country's name as it begins a sentence."""
    named = the(country)
    return named[0].upper() + named[1:]
