"""Bots that mean harm, each in a way of its own, and honest ones that they meet."""

from pathlib import Path

HOSTILE = {
    "loops": """
class Bad(Bot):
    def choose(self, view):
        while True:
            pass
""",
    "loops_at_import": """
while True:
    pass


class Bad(Bot):
    def choose(self, view):
        return D
""",
    "exits": """
class Bad(Bot):
    def choose(self, view):
        os._exit(3)
""",
    "forks": """
class Bad(Bot):
    def choose(self, view):
        os.fork()
        return D
""",
    "eats_memory": """
class Bad(Bot):
    def choose(self, view):
        self.held = bytearray(4 * 1024**3)
        return D
""",
    "floods": """
class Bad(Bot):
    def choose(self, view):
        while True:
            print("never enough " * 1000)
""",
    "talks_junk": """
class Bad(Bot):
    def choose(self, view):
        return "cooperate, of course"
""",
    "rewrites_others": """
class Bad(Bot):
    def choose(self, view):
        for other in Bot.__subclasses__():
            if other is not Bad:
                other.choose = lambda self, view: C
        return D
""",
    "reads_others": """
class Bad(Bot):
    def choose(self, view):
        open(OTHERS).read()
        return D
""",
    "sleeps": """
class Bad(Bot):
    def choose(self, view):
        time.sleep(3600)
        return D
""",
}
"""By name. Each defects from its first turn on, whether it forfeits or not."""

NEVER_AT_FAULT = ("rewrites_others",)
"""What these try touches nobody, so that there is nothing to tell: they only gain nothing."""

_HEAD = "import os\nimport time\n\nfrom client.bot import C, D, Bot\n\nOTHERS = {others!r}\n"
_HONEST = '''from client.bot import C, D, Bot


class Honest(Bot):
    """Forgives so many defections, and from then on one in so many."""

    def choose(self, view):
        suffered = sum(action is D for action in view.others)
        if suffered > {patience} and view.chance() < {grudge}:
            return D
        return C if view.turn > {bait} else D
'''


def write_honest(folder: Path, number: int) -> str:
    """Write an honest bot; each number is another one."""
    path = folder / f"honest_{number:02}.py"
    bait, patience, grudge = number % 3, number % 5, 0.5 + number / 60
    path.write_text(_HONEST.format(bait=bait, patience=patience, grudge=grudge))
    return f"{path}:Honest"


def write_hostile(folder: Path, name: str) -> str:
    """Write a hostile bot; its file is beside those of the others."""
    path = folder / f"{name}.py"
    path.write_text(_HEAD.format(others=str(folder / "honest_00.py")) + HOSTILE[name])
    return f"{path}:Bad"
