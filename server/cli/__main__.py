"""So that `python -m server.cli` is `detente`."""

import sys

from server.cli import main

sys.exit(main())
