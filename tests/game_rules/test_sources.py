"""No formula stands in code without its source, and the rules need nobody else's package."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RULES = ROOT / "game_rules"
MODULES = sorted(RULES.rglob("*.py"))

SOURCE = re.compile(r"Source|\b(?:18|19|20)\d\d\b|[Rr]ules,? section|Assumption")
SUMS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)

BOOKKEEPING = {
    "advice/levers",
    "bots/bot_match",
    "contests/chain_kernel",
    "contests/chunks",
    "contests/contest",
    "contests/kernels",
    "contests/knockout",
    "contests/league",
    "contests/loop",
    "contests/randomness",
    "contests/results",
    "contests/standings",
    "continuations/continuation",
    "continuations/forecast",
    "continuations/going_on",
    "continuations/trunk",
    "debrief/class_forecasts",
    "doctrines/deals",
    "evolution/graphs",
    "games/by_name",
    "games/clauses",
    "games/linear_programs",
    "games/payoff_text",
    "log/events",
    "log/evolve",
    "log/grown",
    "log/position",
    "match/clock",
    "match/conditions",
    "match/control",
    "match/decide",
    "match/flow",
    "match/pacts",
    "memory",
    "nearest",
    "notation/items",
    "notation/notation",
    "notation/words",
    "records/codec",
    "records/quick_reading",
    "records/record",
    "records/retrace",
    "records/transit",
    "rounds/inject_effects",
    "scenario/countries",
    "scenario/pairings",
    "scenario/populations",
    "scenario_files/toml_text",
    "texts",
}
"""Where numbers are counts, places, milliseconds and texts, or a method of arithmetic itself."""


def place(path: Path) -> str:
    """Name a module as BOOKKEEPING does."""
    return path.relative_to(RULES).with_suffix("").as_posix()


def formulas(path: Path) -> Iterator[tuple[str, str]]:
    """Give every public function that calculates, with all that documents it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    about = ast.get_docstring(tree) or ""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and calculates(node):
            yield node.name, about + (ast.get_docstring(node) or "")
        if isinstance(node, ast.ClassDef):
            of_class = about + (ast.get_docstring(node) or "")
            for each in node.body:
                if isinstance(each, ast.FunctionDef) and calculates(each):
                    yield f"{node.name}.{each.name}", of_class + (ast.get_docstring(each) or "")


def calculates(function: ast.FunctionDef) -> bool:
    """Tell whether a public function does sums with what it was given."""
    return not function.name.startswith("_") and any(
        isinstance(node, ast.BinOp)
        and isinstance(node.op, SUMS)
        and not any(isinstance(side, ast.JoinedStr | ast.Tuple) for side in (node.left, node.right))
        for node in ast.walk(function)
    )


READERS = ("scenario/", "scenario_files/", "strategies/")

CALCULATING = [
    path
    for path in MODULES
    if place(path) not in BOOKKEEPING and not place(path).startswith(READERS)
]
"""Readers of files do no sums; every strategy names its source in the registry."""


@pytest.mark.parametrize("path", CALCULATING, ids=place)
def test_every_formula_names_its_source(path: Path) -> None:
    assert [name for name, words in formulas(path) if not SOURCE.search(words)] == []


def test_bookkeeping_modules_are_there() -> None:
    assert {place(path) for path in MODULES} >= BOOKKEEPING


def test_importing_the_rules_pulls_neither_numpy_nor_scipy() -> None:
    """Every module of the rules but the compiled lanes of contests, which are asked for apart."""
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in MODULES
        if not {"contests", "evolution"} & set(path.parts)
    ]
    code = (
        "import sys, importlib\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
        "print([name for name in ('numpy', 'scipy', 'numba', 'pygambit') if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *names], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
