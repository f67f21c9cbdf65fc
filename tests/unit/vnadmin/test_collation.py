import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnadmin.collation import sort_key
from vnadmin.text_folding import compose

VIETNAMESE = st.text(alphabet="aàảãáạăằâậbcdđeêệhiklmnoôơợpqrstuưữvxyAĐÊƠ 0129-.")


@pytest.mark.parametrize(
    "ordered",
    [
        list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"),
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["ấ", "ậ", "b"],
        ["mạ", "mab", "măc"],
        ["a", "A", "à", "À"],
        ["An Bình", "Anh", "Ánh"],
        ["-", "1", "2", "a"],
        ["dân", "đa", "đan", "e"],
        ["tiến", "Tiến", "tiên b"],
        ["y", "z", "ø", "Ω"],
        ["(một)", "một"],
        ["n", "ñ", "o"],
        ["c", "ĉ", "d"],
    ],
)
def test_texts_stand_in_the_order_of_the_alphabet(ordered):
    backwards = ordered[::-1]

    assert sorted(backwards, key=sort_key) == ordered


@pytest.mark.parametrize("mark", ["\u0301", "\u0302"])
def test_a_mark_without_a_letter_still_has_a_place(mark):
    assert sort_key(mark) < sort_key("a")


@settings(deadline=None)  # a loaded machine is slow, not wrong
@given(VIETNAMESE)
def test_the_encoding_of_marks_does_not_matter(text):
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(compose(text))


@settings(deadline=None)  # a loaded machine is slow, not wrong
@given(st.text(), st.text())
def test_any_two_different_texts_have_an_order(one, other):
    first, second = sort_key(one), sort_key(other)

    assert (first < second) + (first == second) + (first > second) == 1
    assert (first == second) == (compose(one) == compose(other))


@settings(deadline=None)  # a loaded machine is slow, not wrong
@given(st.lists(VIETNAMESE))
def test_sorting_does_not_depend_on_the_order_before(texts):
    ordered = sorted({compose(text) for text in texts}, key=sort_key)
    backwards = ordered[::-1]

    assert sorted(backwards, key=sort_key) == ordered
    assert all(sort_key(one) < sort_key(other) for one, other in pairwise(ordered))
