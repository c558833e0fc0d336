"""What the browser tests may leave out, because the rules of style cannot bring it about."""

import re

from client.run import WEB

COLOURS = re.compile(r"colou?r|background|opacity|fill|stroke|shadow|filter|#[0-9a-f]{3}|rgb", re.I)


def rules_of(sheet: str) -> list[tuple[str, str]]:
    """Give the selector and the declarations of every rule."""
    heads = (block.rpartition("{") for block in sheet.split("}"))
    return [(head.rpartition("{")[2], body) for head, _, body in heads]


def test_no_language_has_colours_of_its_own() -> None:
    """So that the contrasts of a screen are looked at in one language."""
    sheets = [*WEB.glob("src/**/*.css"), *WEB.glob("src/**/*.svelte")]
    rules = [
        body
        for path in sheets
        for selector, body in rules_of(path.read_text("utf-8"))
        if ":lang(" in selector or "[lang" in selector
    ]
    assert len(rules) > 3
    assert [body for body in rules if COLOURS.search(body)] == []
