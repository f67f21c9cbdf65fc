import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.text import compose, first_forbidden_character


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
