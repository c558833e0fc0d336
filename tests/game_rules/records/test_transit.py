"""A packed record is unpacked to a bound, and no further."""

import gzip

import pytest

from game_rules.errors import RecordError
from game_rules.records.transit import undo_transit


def test_a_file_that_unpacks_to_too_much_is_refused():
    with pytest.raises(RecordError, match="unpacks to more than 10 bytes"):
        undo_transit(gzip.compress(b"x" * 100), 10)
