"""Codes that people read aloud and type on phones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.codes import ALPHABET, new_code, normalise_code

codes = st.text(ALPHABET, min_size=8, max_size=8).map(lambda code: f"{code[:4]}-{code[4:]}")


def test_a_code_is_two_groups_of_four() -> None:
    code = new_code()
    assert len(code) == 9
    assert code[4] == "-"
    assert set(code) <= {*ALPHABET, "-"}


def test_codes_differ() -> None:
    assert len({new_code() for _ in range(1000)}) == 1000


def test_the_alphabet_has_no_look_alikes() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set(ALPHABET) & set("ILOU")


@given(codes, st.sampled_from(["", " ", "-", "\u2013", "\u00a0", ". "]), st.booleans())
def test_case_and_what_stands_between_do_not_matter(code: str, gap: str, is_lower: bool) -> None:
    typed = gap.join(code.replace("-", ""))
    assert normalise_code(typed.lower() if is_lower else typed) == code


@pytest.mark.parametrize(
    "typed", ["1O0I-LA2B", "100ila2b", "۱۰۰۱-۱A۲B", "１００１－１Ａ２Ｂ", "١٠٠١1a٢b"]
)
def test_look_alikes_and_other_scripts_digits_are_read_as_meant(typed: str) -> None:
    assert normalise_code(typed) == "1001-1A2B"


@given(st.text())
def test_normalising_twice_is_normalising_once(typed: str) -> None:
    once = normalise_code(typed)
    assert normalise_code(once) == once
