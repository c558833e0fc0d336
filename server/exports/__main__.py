"""Print the page of all columns: `python -m server.exports > docs/codebook.md`."""

import sys

from server.exports.codebook import documented

sys.stdout.write(documented())
