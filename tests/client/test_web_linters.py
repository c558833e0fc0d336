"""Each linter of the browser client finds what is planted for it, in a small tree of its own."""

import shutil
from pathlib import Path

import pytest

from client.run import WEB, install_tools
from tests.client.web import output_of

CONFIGS = (
    "index.html",
    "vite.config.ts",
    "map-plugin.ts",
    "test-page.ts",
    "package.json",
    "tsconfig.json",
    "svelte.config.js",
    ".prettierrc",
    ".dependency-cruiser.mjs",
    "eslint.config.mjs",
    "knip.jsonc",
)


def _component(line: str) -> str:
    return f'<script lang="ts">\n  {line}\n</script>\n'


PLANTED = {
    "src/main.ts": 'import "./App.svelte";\n',
    "src/App.svelte": _component('import "./screens/Home.svelte";'),
    "src/screens/Home.svelte": _component('import "../map/Low.svelte";'),
    "src/map/Low.svelte": _component('import "../rules/left.ts";'),
    "src/map/High.svelte": _component('import "../screens/Home.svelte";'),
    "src/wire/kinds.ts": 'export type { Left } from "../rules/left.ts";\n',
    "src/words/verbs.ts": 'import "../charts/line.ts";\n',
    "src/charts/line.ts": "export {};\n",
    "src/rules/left.ts": 'import "./right.ts";\nexport type Left = 1;\nexport const idle = 1;\n',
    "src/rules/right.ts": 'import "./left.ts";\n',
    "src/stage/Anything.svelte": _component('import "../rules/left.ts";'),
    "src/ui/Loose.svelte": "<script>\n  const waste = 1;\n</script>\n",
    "src/ui/List.svelte": "{#each [1, 2] as one}{one}{/each}\n",
    "src/ui/wide.ts": "export const wide = {a:1}\n",
}
FOUND = {
    "layers": [
        "map-imports-lower-layers-only: src/map/High.svelte → src/screens/Home.svelte",
        "wire-imports-lower-layers-only: src/wire/kinds.ts → src/rules/left.ts",
        "words-imports-lower-layers-only: src/words/verbs.ts → src/charts/line.ts",
        "every-folder-has-a-layer: src/stage/Anything.svelte → src/rules/left.ts",
        "no-circle-of-folders: src/map → \n      src/screens →\n      src/map",
        "no-circle-of-files: src/rules/left.ts → \n      src/rules/right.ts",
    ],
    "lint": ["'waste' is assigned a value but never used", "svelte/require-each-key"],
    "unused": ["src/stage/Anything.svelte", "src/rules/left.ts:3:14"],
    "format": ["src/ui/wide.ts"],
}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small client, sound but for what is planted in it."""
    web = tmp_path_factory.mktemp("web")
    for name in CONFIGS:
        shutil.copy(WEB / name, web)
    for name, text in PLANTED.items():
        path = web / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf8")
    _link_packages(web / "node_modules")
    return web


def _link_packages(here: Path) -> None:
    """Link the installed packages, but not the linters' caches of the real tree."""
    install_tools()
    here.mkdir()
    for package in (WEB / "node_modules").iterdir():
        if package.name != ".cache":
            (here / package.name).symlink_to(package)


@pytest.mark.slow
@pytest.mark.parametrize("linter", FOUND)
def test_a_linter_finds_what_is_planted(planted: Path, linter: str) -> None:
    status, said = output_of(linter, web=planted)
    assert [finding for finding in FOUND[linter] if finding not in said] == [], said
    assert status != 0
