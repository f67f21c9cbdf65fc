"""Habits of written Vietnamese."""

import pytest

from services.assembler.domain import wording
from services.assembler.domain.ordering import natural_key


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Ngân sách nhà nước", "ngân sách nhà nước"),
        ("Nhân dân đóng góp", "Nhân dân đóng góp"),
        ("UBND xã", "UBND xã"),
        ("Linh Thông vượt kế hoạch", "Linh Thông vượt kế hoạch"),
        ("Đã xong", "đã xong"),
        ("", ""),
    ],
)
def test_a_text_inside_a_sentence_keeps_only_capitals_that_mean_something(text, inside):
    assert wording.lower_first(text) == inside


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("đời sống được cải thiện", "Đời sống được cải thiện."),
        ("Đã xong;", "Đã xong."),
        ("Vì sao?", "Vì sao?"),
        ("  ", ""),
    ],
)
def test_a_sentence_begins_with_a_capital_and_ends_with_one_mark(text, sentence):
    assert wording.sentence(text) == sentence


def test_a_list_ends_its_items_with_semicolons_and_the_last_with_a_full_stop():
    assert wording.listed(["một.", "", "hai;", "ba"]) == ["một;", "hai;", "ba."]
    assert wording.listed([]) == []


@pytest.mark.parametrize(
    ("parts", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a và b"), (["a", "b", "c"], "a, b và c")],
)
def test_an_enumeration_joins_its_last_two_with_and(parts, text):
    assert wording.enumerated(parts) == text


def test_a_name_gets_one_pair_of_vietnamese_quotation_marks():
    assert wording.quoted('"Dạy  tốt, học tốt"') == "“Dạy tốt, học tốt”"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("XÃ LINH THÔNG", ["XÃ LINH THÔNG"]),
        ("HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG", ["HỘI ĐỒNG", "THI ĐUA - KHEN THƯỞNG"]),
        (
            "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ LINH THÔNG",
            ["CHỦ TỊCH ỦY BAN NHÂN DÂN", "XÃ LINH THÔNG"],
        ),
        (
            "ỦY BAN NHÂN DÂN XÃ NGUYỄN THỊ MINH KHAI THƯỢNG",
            ["ỦY BAN NHÂN DÂN", "XÃ NGUYỄN THỊ", "MINH KHAI THƯỢNG"],
        ),
        ("A" * 40, ["A" * 40]),
        ("", [""]),
    ],
)
def test_a_heading_is_cut_where_a_reader_would_cut_it(text, lines):
    assert wording.heading_lines(text, 26) == lines


def test_numbers_in_names_count_by_value():
    names = ["Xóm 10", "Xóm 2", "Xóm Ao", "Xóm 2 Hạ"]

    assert sorted(names, key=natural_key) == ["Xóm 2", "Xóm 2 Hạ", "Xóm 10", "Xóm Ao"]
