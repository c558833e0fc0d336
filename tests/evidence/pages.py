"""Make the pages of experiments anew: what is printed, written down with a digest of the rules.

    uv run python -m tests.evidence.pages experiments
    uv run python -m tests.evidence.pages sensitivity
    uv run python -m tests.evidence.pages experiments --only mechanisms

Results are kept as by `python -m tests.evidence`, so that a run that was stopped goes on where it
was. `--only` makes one part anew and leaves the rest of a page that is of the present rules. The
digest is of stored matches that rules 2 must play again to the byte, and of the files of the
regions without their texts: where these change, a test says that the pages are of other rules.
Words bring no points, so the match of sentences is left out, and so is the one that waited for
others of its class.
"""

import argparse
import io
import json
import sys
import tomllib
from contextlib import redirect_stdout
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from server.engines import cores
from tests.evidence.mechanisms import mechanisms
from tests.evidence.parts import Bar, blocs, conditions, recommendations
from tests.evidence.runs import Runs
from tests.evidence.sensitivity import sensitivity
from tests.game_rules.rulesets.second.shipped import FOLDER

ROOT = Path(__file__).parents[2]
TEXTS = {"title", "summary", "briefing", "questions", "brief", "goals", "about", "text", "source"}
"""What people read of a scenario; no bot does."""

LEFT_OUT = {"rules2_spoken.jsonl.gz", "rules2_waited.jsonl.gz"}
MADE = "<!-- What follows is made by `{command}`; the rules and regions: {digest} -->"
COMMAND = "uv run python -m tests.evidence.pages {name}"


class Part(Protocol):
    """A function that plays what it needs and prints its tables; its name is asked for."""

    __name__: str

    def __call__(self, runs: Runs) -> list[Bar]:
        """Print the tables; return the bars."""
        ...


PAGES: dict[str, dict[str, Part]] = {
    "experiments": {
        "The five recommendations": recommendations,
        "Fog, talk, the shadow of the future, blocs": conditions,
        "The Quad with and without blocs": blocs,
        "Four mechanisms, with laboratory persons": mechanisms,
    },
    "sensitivity": {"Names, equilibria and outlooks": sensitivity},
}
"""By page the parts that it tells, under their headings."""


def page_of(name: str) -> Path:
    """Find a page in the docs."""
    return ROOT / "docs" / f"{name}.md"


def digest_of_rules() -> str:
    """Name what rules 2 make of stored matches, and what is played of the files."""
    digest = sha256()
    stored = (ROOT / "tests" / "golden" / "records").glob("rules2_*")
    for path in sorted(path for path in stored if path.name not in LEFT_OUT):
        digest.update(path.read_bytes())
    for path in sorted(FOLDER.glob("*.toml")):
        digest.update(played_of(path.read_text(encoding="utf-8")).encode())
    return digest.hexdigest()[:16]


def played_of(toml: str) -> str:
    """Give what is played of the text of a scenario: all but its comments and what people read."""
    return json.dumps(_without_texts(tomllib.loads(toml)), sort_keys=True)


def _without_texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_texts(each) for key, each in value.items() if key not in TEXTS}
    if isinstance(value, list):
        return [_without_texts(each) for each in value]
    return value


def mark_of(name: str) -> str:
    """Write the line that parts what people wrote on a page from what is made."""
    return MADE.format(command=COMMAND.format(name=name), digest=digest_of_rules())


def written(text: str, mark: str, tables: str) -> str:
    """Replace all of a page that follows its mark."""
    begun = MADE.split("{", 1)[0]
    kept = text.split(begun, 1)[0].rstrip()
    return f"{kept}\n\n{mark}\n\n{tables.strip()}\n"


def sections(made: str) -> dict[str, str]:
    """Split what is made on a page by its headings."""
    _, *each = f"\n{made}".split("\n## ")
    return {x.split("\n", 1)[0]: x.split("\n", 1)[1].strip() for x in each}


def tables_of(name: str, runs: Runs, only: str | None = None, kept: str = "") -> str:
    """Play what a page needs; give its tables. only: a part; the others are as kept."""
    told = sections(kept)
    for heading, part in PAGES[name].items():
        if only in (None, part.__name__):
            print(f"{heading} …", file=sys.stderr)
            with redirect_stdout(io.StringIO()) as printed:
                part(runs)
            told[heading] = printed.getvalue().strip()
    return "\n".join(f"## {heading}\n\n{told[heading]}\n" for heading in PAGES[name])


def main(arguments: list[str]) -> None:
    """Write the page that is asked for."""
    parts = [part.__name__ for page in PAGES.values() for part in page.values()]
    parser = argparse.ArgumentParser(prog="python -m tests.evidence.pages")
    parser.add_argument("page", choices=PAGES)
    parser.add_argument("--only", choices=parts, help="the part that is made, the others stay")
    parser.add_argument("--file", type=Path, default=Path("artefacts/evidence.jsonl"))
    parser.add_argument("--workers", type=int, default=cores())
    parser.add_argument("--share", type=float, default=1.0, help="of the seeds, for a quick look")
    given = parser.parse_args(arguments)
    page, mark = page_of(given.page), mark_of(given.page)
    text = page.read_text("utf-8")
    if given.only and mark not in text:
        parser.error(f"{page.name} is of other rules; make all of it, without --only")
    given.file.parent.mkdir(parents=True, exist_ok=True)
    runs = Runs(given.file, given.workers, given.share)
    kept = text.split(mark, 1)[-1] if given.only else ""
    page.write_text(written(text, mark, tables_of(given.page, runs, given.only, kept)), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
