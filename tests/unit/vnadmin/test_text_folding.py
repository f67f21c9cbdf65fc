import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnadmin.text_folding import compose, fold, repair_look_alikes


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Lưu Viết Viên", "luu viet vien"),
        ("Định Hóa", "dinh hoa"),
        ("HOÀ BÌNH", "hoa binh"),
        ("đường Đ", "duong d"),
        ("Ðịnh Ɖức ðê ɖê", "dinh duc de de"),
        ("ă â ê ô ơ ư", "a a e o o u"),
        ("", ""),
    ],
)
def test_the_search_form_has_no_marks_and_no_case(text, folded):
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


def test_old_and_new_tone_placement_are_found_alike():
    assert fold("Ủy ban hòa giải, thủy lợi") == fold("Uỷ ban hoà giải, thuỷ lợi")


def test_composing_joins_letters_and_marks():
    assert compose("Lưu Viết".encode().decode()) == "Lưu Viết"
    assert compose(unicodedata.normalize("NFD", "Thưởng")) == "Thưởng"


def test_letters_that_only_look_like_d_with_stroke_are_repaired():
    assert repair_look_alikes("Ðảng Ɖảng ðảng ɖảng") == "Đảng Đảng đảng đảng"


@settings(deadline=None)  # a loaded machine is slow, not wrong
@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)  # a loaded machine is slow, not wrong
@given(st.text(alphabet="aăâbcdđeêơưÁÀẢÃẠĐ " + "\u0301\u0323\u031b"))
def test_composed_and_decomposed_text_fold_alike(text):
    assert fold(compose(text)) == fold(unicodedata.normalize("NFD", text))
