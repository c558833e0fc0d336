"""Text by sight: every code point through the doors, look-alikes, numbers of any script."""

import sys
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.errors import ScenarioError
from game_rules.games.payoff_text import parse_payoffs
from game_rules.scenario_files.fields import TomlTable
from game_rules.scenario_files.toml_text import parse_toml
from game_rules.texts import (
    clean_text,
    file_name,
    invisible_sign,
    is_visible,
    read_number,
    same_name,
)

OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = "\u200b\u200c\u200d\ufeff\x00\x9f"
any_text = st.text(
    st.one_of(
        *(st.characters(categories=(kind,)) for kind in ("L", "M", "N", "P", "S", "Z")),
        *(st.characters(categories=(kind,)) for kind in ("Cc", "Cf", "Cn", "Co")),
    ),
    max_size=30,
)
"""Text of every category, each as likely as the others."""


def every_block() -> Iterator[str]:
    """Every code point but the surrogates, which UTF-8 cannot hold, 32 at a time."""
    for first in range(0, sys.maxunicode + 1, 32):
        yield "".join(chr(x) for x in range(first, first + 32) if not 0xD800 <= x <= 0xDFFF)


@pytest.mark.slow
def test_no_code_point_gets_an_unseen_sign_through_a_door():
    for block in every_block():
        for has_lines in (False, True):
            assert _is_clean(clean_text(f"a{block}b", has_lines=has_lines), has_lines=has_lines)
            cleaned = clean_text(block, has_lines=has_lines)
            assert cleaned == "" or is_visible(cleaned)


@given(any_text, st.booleans())
def test_what_is_cleaned_is_clean_and_cleaning_again_changes_nothing(text, has_lines):
    cleaned = clean_text(text, has_lines=has_lines)
    assert _is_clean(cleaned, has_lines=has_lines)
    assert clean_text(cleaned, has_lines=has_lines) == cleaned
    assert cleaned == "" or is_visible(cleaned)
    assert unicodedata.is_normalized("NFC" if has_lines else "NFKC", cleaned)


def _is_clean(text: str, *, has_lines: bool) -> bool:
    controls = {x for x in text if unicodedata.category(x) in ("Cc", "Cs", "Zl", "Zp")}
    allowed = {"\n", "\t"} if has_lines else set()
    return controls <= allowed and not set(text) & set(OVERRIDES + "\u200b\ufeff\u00ad\u2060")


@pytest.mark.parametrize(
    "invisible", ["", " ", "\u200b", "\u3164", "\u2800", "\u115f\u1160", "\u200d"]
)
def test_what_nobody_can_see_is_nothing(invisible):
    assert clean_text(invisible) == clean_text(invisible, has_lines=True) == ""
    assert not is_visible(invisible)


@pytest.mark.parametrize(
    "text",
    ["سلام", "می‌خواهم", "Nguyễn Thị", "李小龍", "👩‍🔬", "🇵🇰", "प्रिया", "O'Brien-Smith", "x²"],
)
def test_what_people_write_stays_in_a_message_as_it_is(text):
    written = unicodedata.normalize("NFC", text)
    assert clean_text(text, has_lines=True) == written
    assert invisible_sign(text) is None
    assert clean_text(text) == unicodedata.normalize("NFKC", text)


ALIKE = [
    ("Anna", "ANNA"),
    ("Anna", "Anna\u200b"),
    ("Anna", "\u0410nna"),  # Cyrillic
    ("Anna", "Αnna"),  # Greek
    ("Anna", "Ａｎｎａ"),
    ("Anna", "An\u202ena"),
    ("Anna", "Anna\x00"),
    ("José", "Jose\u0301"),
    ("Ann Lee", " ANN \u00a0 lee "),
    ("BORIS", "ВОRІЅ"),
    ("Straße", "STRASSE"),
    ("Al", "AI"),
    ("Bo0", "BoO"),
    ("علی", "علي"),
    ("کمال", "كمال"),
    ("گروہ ۲", "گروہ 2"),
    ("Вова", "вова"),
    ("𝐀𝐧𝐧𝐚", "Anna"),
]
APART = [
    ("Anna", "Anne"),
    ("José", "Jose"),
    ("Ali", "All"),
    ("süd", "säd"),
    ("علی", "علا"),
    ("李", "王"),
    ("Team 1", "Team 2"),
    ("Вова", "Воба"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_look_alikes_are_one_name(one, other):
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_that_can_be_told_apart_are_two(one, other):
    assert not same_name(one, other)


@given(
    any_text, st.sampled_from(OVERRIDES + "\u200b\u200c\u200d\ufeff\x00\x9f"), st.integers(0, 30)
)
def test_an_unseen_sign_makes_no_new_name(text, unseen, place):
    assert same_name(text, text)
    assert same_name(f"A{text}", f"A{text[:place]}{unseen}{text[place:]}") or _joins(text, place)


def _joins(text: str, place: int) -> bool:
    """A sign between a letter and its mark keeps them from being composed; that can be seen."""
    parted = unicodedata.normalize("NFKC", text[:place]) + unicodedata.normalize(
        "NFKC", text[place:]
    )
    return not unicodedata.is_normalized("NFKC", "A" + parted)


@given(st.integers(-(10**9), 10**9), st.sampled_from("٠۰०০๐０𝟎"), st.sampled_from("−－﹣‐–"))
def test_whole_numbers_of_every_script_are_read(number, nought, minus):
    written = str(abs(number)).translate({ord("0") + i: chr(ord(nought) + i) for i in range(10)})
    assert int(read_number((minus if number < 0 else "") + written)) == number


def test_payoffs_are_read_as_they_are_pasted():
    plain = parse_payoffs("-3,3 0,5; 5,0 1,1.5")
    assert parse_payoffs("−3,3 0,5; 5,0 1,1.5") == plain
    assert parse_payoffs("－３，３　０，５；　５，０　１，１．５") == plain
    assert parse_payoffs("-۳،۳ ۰،۵؛ ۵،۰ ۱،۱٫۵") == plain


def test_a_full_stop_in_urdu_is_no_minus():
    assert read_number("\u06d43") == "\u06d43"


@given(any_text)
def test_a_number_read_is_ascii_or_no_number(text):
    read = read_number(text)
    assert read.isascii() or not read.lstrip("-").isdecimal()


def test_file_names_of_every_script_stay_apart():
    stems = ["süd", "säd", "南海", "جنوبی سمندر", "south_china_sea", "हिन्दी", "हिन्दा"]
    assert len({file_name(stem) for stem in stems}) == len(stems)
    assert file_name("South China Sea (2)") == "south_china_sea_2"


def test_toml_says_what_to_write_for_a_number_of_a_word_processor():
    with pytest.raises(ScenarioError, match=r"line 2.*write -3 where it says −3"):
        parse_toml("a = 1\nT = −3\n", "mine.toml")
    with pytest.raises(ScenarioError, match="mend it there"):
        parse_toml("T = oops\n", "mine.toml")


@pytest.mark.parametrize(
    ("title", "problem"), [("a\u202eb", "nobody can see"), ("\u3164", "nothing that can be seen")]
)
def test_an_author_is_told_of_a_sign_that_nobody_sees(title, problem):
    table = TomlTable({"title": title}, "mine.toml", "", ("title",))
    with pytest.raises(ScenarioError, match=problem):
        table.text("title", 80)
