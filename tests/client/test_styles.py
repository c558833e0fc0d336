"""What the browser tests may leave out, because the rules of style cannot bring it about."""

import re

from client.run import WEB

OF_A_LANGUAGE = re.compile(r"[^{}]*(?::lang\(|\[lang)[^{}]*\{([^{}]*)\}")
COLOURS = re.compile(r"colou?r|background|opacity|fill|stroke|shadow|filter|#[0-9a-f]{3}|rgb", re.I)


def test_no_language_has_colours_of_its_own() -> None:
    """So that the contrasts of a screen are looked at in one language."""
    sheets = [*WEB.glob("src/**/*.css"), *WEB.glob("src/**/*.svelte")]
    rules = [rule for path in sheets for rule in OF_A_LANGUAGE.findall(path.read_text("utf-8"))]
    assert len(rules) > 3
    assert [rule for rule in rules if COLOURS.search(rule)] == []
