"""Make golden files: `python -m tests.golden.make records` (or wire, http, cli).

Records of rules 1 are not made again: they are what later versions are held against.
"""

import sys
from importlib import import_module

PARTS = ("records", "wire", "http", "cli")


def main() -> None:
    """Make the parts that are named, or all."""
    for part in sys.argv[1:] or PARTS:
        import_module(f"tests.golden.make_{part}").make()


if __name__ == "__main__":
    main()
