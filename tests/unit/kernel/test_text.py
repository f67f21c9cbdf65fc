import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.text import cleaned, cleaning_note, compose, first_forbidden_character


def test_a_decomposed_text_is_composed():
    assert compose("Tiê\u0301ng Viê\u0323t") == "Tiếng Việt"


def test_line_ends_become_one():
    assert compose("a\r\nb\rc") == "a\nb\nc"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\x0bb", (1, "U+000B")),
        ("\x00", (0, "U+0000")),
        ("ok\ufffe", (2, "U+FFFE")),
        ("a\u202eb", (1, "U+202E")),
        ("a\ud800", (1, "U+D800")),
        ("\x85", (0, "U+0085")),
        ("\ufdd0", (0, "U+FDD0")),
    ],
)
def test_a_character_that_no_document_may_hold_is_located(text, found):
    assert first_forbidden_character(text) == found


@pytest.mark.parametrize("text", ["", "a\tb\nc", "{{ 7*7 }} <w:p> & “Việt”", "\U0001f600"])
def test_everything_else_may_pass(text):
    assert first_forbidden_character(text) is None


@given(st.text())
def test_composing_twice_changes_nothing_more(text):
    assert compose(compose(text)) == compose(text)


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("\ufeffTuyên\u200b truyền\u00ad", "Tuyên truyền"),
        ("Ti\u200bê\u0301ng", "Tiếng"),
        ("tê\u200d\u0301n", "tến"),
        ("số\u00a012\u202f000", "số 12 000"),
        ("dòng 1\x0bdòng 2\u2028dòng 3\r\n\x0cdòng 4", "dòng 1\ndòng 2\ndòng 3\n\ndòng 4"),
        ("\uf0b7\tÝ một\n\uf0d8\tÝ hai", "-\tÝ một\n-\tÝ hai"),
        ("a\u200eb\u200fc\u061cd", "abcd"),
        ("\u3164\u2800\u115f", " "),
        ("a\U000e0041\U000e0042b", "ab"),
    ],
)
def test_what_word_brings_along_unseen_is_put_in_order(pasted, kept):
    assert cleaned(pasted) == kept


@pytest.mark.parametrize(
    "text", ["“Xanh – sạch – đẹp”", "‘x’ … ½ m² → ✓ •", "a\tb\nc", "😀️", "\uf0b3"]
)
def test_what_can_be_seen_stays(text):
    assert cleaned(text) == text
    assert cleaning_note(text) == ""


def test_what_changes_direction_unseen_is_not_dropped_but_refused():
    assert first_forbidden_character(cleaned("ab\u202ecd")) == (2, "U+202E")


def test_the_writer_is_told_what_was_put_in_order():
    assert cleaning_note("\uf0b7 a\u200b\ufeff\x0bb") == (
        "bỏ 2 ký tự không nhìn thấy, đổi 1 dấu đầu dòng của Word thành dấu gạch “-”, "
        "đổi 1 dấu ngắt của Word thành xuống dòng"
    )


_pasted = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\u200b\u200d\ufeff\u00ad\u00a0\x0b\u2028\r\n\t\u0301\u0323ê\uf0b7\u202e“”"
        ),
    )
)


@given(_pasted)
def test_cleaning_twice_changes_nothing_more(text):
    once = cleaned(text)

    assert cleaned(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert cleaning_note(once) == ""


@given(_pasted)
def test_no_letter_digit_or_sign_is_lost_or_moved(text):
    seen = ("L", "N", "P", "S", "M")
    blank = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"

    def letters(it):
        left = "".join(c for c in it if unicodedata.category(c)[0] in seen and c not in blank)
        return unicodedata.normalize("NFD", left).replace("-", "")

    assert letters(cleaned(text)) == letters(text)


@given(_pasted)
def test_what_is_left_unseen_is_what_is_refused(text):
    if first_forbidden_character(cleaned(text)) is None:
        left = {c for c in cleaned(text) if unicodedata.category(c) in {"Cc", "Zl", "Zp"}}
        assert left <= {"\n", "\t"}
        assert not set(cleaned(text)) & set("\u200b\u200c\u200d\u2060\ufeff\u00ad\u00a0")
