"""The search for garbage looks at what lives long once, and still finds garbage in it."""

import subprocess
import sys

SCRIPT = """
import gc, weakref
from server.cli.serve.garbage import spare_survivors

class Ring:
    def __init__(self):
        self.me = self

spare_survivors()
ring = Ring()
gone = weakref.ref(ring)
gc.collect(0)
print(any(known is ring for known in gc.get_objects()))
del ring
for generation in range(3):
    gc.collect(generation)
    print(gone() is None)
"""


def test_a_survivor_is_left_alone_until_all_is_searched():
    """In a process of its own, for it changes how all garbage is found."""
    ran = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "False", "False", "True"]
