"""Files made by mistake or by malice: refused in plain words, cheaply, and never half read."""

import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.errors import InvalidInput
from services.intake.gateways.spreadsheets import read_sheet
from tests.builders.spreadsheets import (
    A_ROW,
    COLUMNS,
    encrypted,
    old_excel,
    repacked,
    with_cell,
    with_external_link,
    with_macros,
    with_sheet_xml,
    with_zip_bomb,
    workbook,
)
from tests.support.word_packages import parts_of, zipped

GOOD = workbook(A_ROW)
SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "{}">'.format("ha" * 1000)
    + "".join(f'<!ENTITY {n} "{f"&{p};" * 10}">' for p, n in zip("abcdef", "bcdefg", strict=True))
    + "]>"
)


def with_cells(xml):
    """Return a file with this XML for its cells."""
    return with_sheet_xml(
        GOOD,
        lambda _: (
            "<worksheet xmlns="
            f'"http://schemas.openxmlformats.org/spreadsheetml/2006/main">{xml}</worksheet>'
        ),
    )


REFUSED = {
    "no bytes": (b"", "không phải tệp Excel .xlsx"),
    "csv renamed": ("Đối tượng;Họ và tên\nCá nhân;A".encode(), "có thể là .csv đổi tên"),
    "old format": (old_excel(), "đời cũ (.xls)"),
    "with a password": (encrypted(), "có mật khẩu"),
    "with macros": (with_macros(GOOD), "có macro"),
    "linked to another file": (with_external_link(GOOD), "liên kết tới tệp khác"),
    "zip bomb": (with_zip_bomb(GOOD), "phình quá lớn"),
    "a Word file": (zipped(parts_of()), "không phải bảng tính Excel"),
    "any zip": (zipped({"a.txt": "a"}), "không phải bảng tính Excel"),
    "cut off": (GOOD[: len(GOOD) // 2], "bị hỏng hoặc tải lên chưa trọn"),
    "billion laughs": (
        with_sheet_xml(GOOD, lambda xml: ENTITIES + xml.replace("<sheetData>", "<sheetData>&g;")),
        "khai báo XML không được phép",
    ),
    "broken XML": (with_sheet_xml(GOOD, lambda xml: xml[:-20]), "Nội dung tệp Excel bị hỏng"),
    "very deep XML": (with_cells("<a>" * 5000 + "</a>" * 5000), "lồng nhau quá sâu"),
    "a million empty cells": (
        with_cells("<sheetData><row>" + "<c/>" * 100_000 + "</row></sheetData>"),
        "bị hỏng",
    ),
    "two cells in one place": (
        with_cells('<sheetData><row r="1"><c r="A1"/><c r="A1"/></row></sheetData>'),
        "bị hỏng",
    ),
    "one row twice": (
        with_cells(
            '<sheetData><row r="1"><c><v>1</v></c></row><row r="1"><c><v>2</v></c></row>'
            "</sheetData>"
        ),
        "bị hỏng",
    ),
    "a row beyond the last": (with_cells('<sheetData><row r="99999999"/></sheetData>'), "bị hỏng"),
    "a row that is no number": (with_cells('<sheetData><row r="x"/></sheetData>'), "bị hỏng"),
    "a text that is not there": (
        with_cells('<sheetData><row r="1"><c t="s"><v>999</v></c></row></sheetData>'),
        "bị hỏng",
    ),
    "a wild merged area": (with_cells('<mergeCells><mergeCell ref="?"/></mergeCells>'), "bị hỏng"),
    "no sheet": (
        repacked(
            GOOD,
            lambda parts: {**parts, "xl/workbook.xml": "<workbook><sheets/></workbook>"},
        ),
        "không phải bảng tính Excel",
    ),
    "five hundred sheets": (
        repacked(GOOD, lambda parts: {**parts, **{f"xl/{n}.xml": "<a/>" for n in range(600)}}),
        "quá nhiều trang tính",
    ),
    "path that climbs": (
        repacked(GOOD, lambda parts: {**parts, "../../etc/x.xml": "<a/>"}),
        "tên không an toàn",
    ),
}


@pytest.mark.parametrize(("data", "said"), REFUSED.values(), ids=REFUSED)
def test_a_bad_file_is_refused_in_plain_words(data, said):
    with pytest.raises(InvalidInput) as caught:
        read_sheet(data, COLUMNS, limit=100)

    assert said in caught.value.detail
    assert [error.pointer for error in caught.value.errors] == ["#/file"]


def test_a_zip_bomb_costs_no_memory():
    bomb = with_zip_bomb(GOOD)
    tracemalloc.start()

    with pytest.raises(InvalidInput):
        read_sheet(bomb, COLUMNS, limit=100)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30_000_000


@pytest.mark.parametrize(
    "digits", ["1e999999999", "-1E400", ".", "1e", "NaN", "Infinity", "9" * 5000, "0x10", "\u0661"]
)
def test_numbers_that_are_none_are_told_in_their_place(digits):
    data = with_cell(workbook(A_ROW), "C2", f't="n"><v>{digits}</v>')

    with pytest.raises(InvalidInput) as caught:
        read_sheet(data, COLUMNS, limit=100)

    assert [it.pointer for it in caught.value.errors] == ["#/rows/2/C"]


def outcome(data):
    """Return the rows or the errors; any other exception is the test's failure."""
    try:
        return read_sheet(data, COLUMNS, limit=100).rows, ()
    except InvalidInput as refusal:
        return (), refusal.errors


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_change_of_bytes_makes_anything_but_rows_or_a_refusal(data):
    """Flip bytes inside the parts, not only in the zip, where a checksum would catch them."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(parts[name]) - 1))
        parts[name][at] = data.draw(st.integers(0, 255))
    changed = zipped({key: bytes(value) for key, value in parts.items()})

    rows, errors = outcome(changed)

    assert bool(rows) != bool(errors)
    assert all(set(row.values) <= {"kind", "name", "amount", "born_on"} for row in rows)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_anything_but_a_refusal(data):
    for content in (data, b"PK\x03\x04" + data, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data):
        with pytest.raises(InvalidInput):
            read_sheet(content, COLUMNS, limit=100)
