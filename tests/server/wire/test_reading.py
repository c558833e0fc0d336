"""The shortest JSON that is too much is refused; what is too short for that is not counted."""

import pytest

from server.wire.reading import MOST_ITEMS, TooMuch, read_json


def zeros(items: int) -> bytes:
    return b"[" + b",".join([b"0"] * items) + b"]"


def test_the_shortest_list_that_is_too_long_is_refused():
    assert len(read_json(zeros(MOST_ITEMS), 1_000)) == MOST_ITEMS
    with pytest.raises(TooMuch, match="257 items; at most 256"):
        read_json(zeros(MOST_ITEMS + 1), 1_000)


@pytest.mark.parametrize("most", [1, 2, 10, 100, 255, 256])
def test_the_shortest_text_with_too_many_values_is_refused(most: int):
    read_json(zeros(most - 1), most)
    with pytest.raises(TooMuch, match=f"more than {most} values"):
        read_json(zeros(most), most)


@pytest.mark.parametrize("most", [1, 2, 10, 100])
def test_values_within_each_other_count_too(most: int):
    read_json(b"[" * most + b"]" * most, most)
    with pytest.raises(TooMuch, match=f"more than {most} values"):
        read_json(b"[" * (most + 1) + b"]" * (most + 1), most)
