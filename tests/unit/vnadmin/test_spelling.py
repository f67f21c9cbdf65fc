import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnadmin.amounts import InvalidAmount, in_words, money_in_words

DIGITS = {"không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7}
DIGITS |= {"tám": 8, "chín": 9, "mốt": 1, "tư": 4, "lăm": 5}
SCALES = {"nghìn": 10**3, "triệu": 10**6}


def number_read_from(words: str) -> int:
    """Read a number back; written from the spoken rules, not from the code."""
    total = run = group = digit = 0
    tokens = [*words.lower().replace("tỷ tỷ", "tỷ-tỷ").split(), "hết"]
    for token in tokens:
        if token in DIGITS:
            digit = DIGITS[token]
            continue
        if token == "trăm":
            group, digit = digit * 100, 0
        elif token == "mươi":
            group, digit = group + digit * 10, 0
        elif token == "mười":
            group, digit = group + 10, 0
        elif token in SCALES:
            run, group, digit = run + (group + digit) * SCALES[token], 0, 0
        elif token in {"tỷ", "tỷ-tỷ", "hết"}:
            power = {"tỷ": 1, "tỷ-tỷ": 2, "hết": 0}[token]
            total += (run + group + digit) * 10 ** (9 * power)
            run = group = digit = 0
    return total


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "Không"),
        (4, "Bốn"),
        (10, "Mười"),
        (11, "Mười một"),
        (14, "Mười bốn"),
        (15, "Mười lăm"),
        (20, "Hai mươi"),
        (21, "Hai mươi mốt"),
        (24, "Hai mươi tư"),
        (25, "Hai mươi lăm"),
        (29, "Hai mươi chín"),
        (100, "Một trăm"),
        (101, "Một trăm linh một"),
        (104, "Một trăm linh bốn"),
        (105, "Một trăm linh năm"),
        (110, "Một trăm mười"),
        (115, "Một trăm mười lăm"),
        (555, "Năm trăm năm mươi lăm"),
        (1000, "Một nghìn"),
        (1005, "Một nghìn không trăm linh năm"),
        (1050, "Một nghìn không trăm năm mươi"),
        (2024, "Hai nghìn không trăm hai mươi tư"),
        (270_000, "Hai trăm bảy mươi nghìn"),
        (29_160_000, "Hai mươi chín triệu một trăm sáu mươi nghìn"),
        (1_000_000, "Một triệu"),
        (1_005_000, "Một triệu không trăm linh năm nghìn"),
        (10**9, "Một tỷ"),
        (10**9 + 5, "Một tỷ không trăm linh năm"),
        (224 * 10**9, "Hai trăm hai mươi tư tỷ"),
        (10**12, "Một nghìn tỷ"),
        (10**15, "Một triệu tỷ"),
        (10**18, "Một tỷ tỷ"),
        (21 * 10**18 + 10**9, "Hai mươi mốt tỷ tỷ không trăm linh một tỷ"),
    ],
)
def test_numbers_are_read_aloud(number, words):
    assert in_words(number) == words
    assert number_read_from(words) == number


def test_the_empty_tens_place_may_be_called_le():
    assert in_words(105, zero_tens="lẻ") == "Một trăm lẻ năm"


def test_money_is_read_with_its_unit():
    assert money_in_words(29_160_000) == ("Hai mươi chín triệu một trăm sáu mươi nghìn đồng")


@pytest.mark.parametrize("wrong", [-1, 10**27, 1.0, True, "5"])
def test_what_cannot_be_read_is_refused(wrong):
    with pytest.raises(InvalidAmount):
        in_words(wrong)


@settings(deadline=None)  # a loaded machine is slow, not wrong
@given(st.integers(min_value=0, max_value=10**27 - 1))
def test_words_say_exactly_the_number(number):
    words = in_words(number)

    assert number_read_from(words) == number
    assert words == words.strip()
    assert "  " not in words
    assert words[0].isupper()
