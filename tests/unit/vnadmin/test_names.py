from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnadmin.collation import sort_key
from vnadmin.names import PersonName, name_sort_key, sort_names, split_name


@pytest.mark.parametrize(
    ("full_name", "parts"),
    [
        ("Lưu Viết Viên", PersonName("Lưu", "Viết", "Viên")),
        ("  Nguyễn  Thị Minh Khai ", PersonName("Nguyễn", "Thị Minh", "Khai")),
        ("Lê Lợi", PersonName("Lê", "", "Lợi")),
        ("Viên", PersonName("", "", "Viên")),
        ("", PersonName("", "", "")),
    ],
)
def test_a_full_name_is_taken_apart(full_name, parts):
    assert split_name(full_name) == parts


def test_the_key_reads_a_name_from_its_end():
    key = name_sort_key("Lưu Viết Viên")

    assert key[:3] == (sort_key("viên"), sort_key("viết"), sort_key("lưu"))


def test_lists_go_by_given_then_middle_then_family_name():
    ordered = [
        "Bùi Thị An",
        "Trần Văn An",
        "Trần Xuân An",
        "Lê Văn Ân",
        "Phạm Văn Dũng",
        "Hoàng Văn Đức",
        "Lưu Viết Viên",
    ]

    assert sort_names(reversed(ordered)) == ordered


def test_capitals_do_not_separate_people_of_one_given_name():
    names = ["BÙI VĂN AN", "Đỗ Văn An", "LÊ VĂN AN", "Vũ Văn An"]

    assert sort_names(reversed(names)) == names


def test_anything_that_has_a_name_can_be_sorted():
    @dataclass
    class Row:
        name: str

    rows = [Row("Lê Thị Hoa"), Row("Lê Thị Anh")]

    assert [row.name for row in sort_names(rows, key=lambda row: row.name)] == [
        "Lê Thị Anh",
        "Lê Thị Hoa",
    ]


@settings(deadline=None)  # a loaded machine is slow, not wrong
@given(st.lists(st.text(alphabet="LưuViếtên ĐđaA")))
def test_sorting_names_is_stable_and_complete(names):
    ordered = sort_names(names)

    assert sorted(ordered) == sorted(names)
    assert sort_names(reversed(ordered)) == sort_names(ordered)
