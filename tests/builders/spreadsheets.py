"""Excel files as people and programs make them, good and bad; and a table that they should hold."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from services.intake.domain.sheets import Choice, Column, ColumnKind

COLUMNS = (
    Column(
        code="kind",
        title="Đối tượng",
        kind=ColumnKind.CHOICE,
        required=True,
        choices=(
            Choice(code="individual", label="Cá nhân"),
            Choice(code="collective", label="Tập thể"),
        ),
    ),
    Column(code="name", title="Họ và tên", required=True, aliases=("Tên",)),
    Column(code="amount", title="Số tiền", kind=ColumnKind.FIGURE),
    Column(code="born_on", title="Ngày sinh", kind=ColumnKind.DATE),
)
HEADINGS = ("Đối tượng", "Họ và tên", "Số tiền", "Ngày sinh")
A_ROW = ("Cá nhân", "Nguyễn Thị Một", 12000, "15/12/1980")


def workbook(
    *rows: Sequence[Any],
    headings: Sequence[Any] = HEADINGS,
    change: Callable[[Worksheet], None] | None = None,
) -> bytes:
    """Return a file with these rows below the headings, changed by whatever the test wants."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (headings, *rows):
        sheet.append(list(row))
    if change:
        change(sheet)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """Return the bytes of the file."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def long_workbook(count: int) -> bytes:
    """Return a file with so many rows."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    sheet.append(list(HEADINGS))
    for number in range(count):
        sheet.append(["Cá nhân", f"Nguyễn Văn {number}", number, None])
    return saved(book)


def repacked(data: bytes, change: Callable[[dict[str, bytes]], dict[str, bytes | str]]) -> bytes:
    """Return the file with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in change(parts).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_sheet_xml(data: bytes, change: Callable[[str], str]) -> bytes:
    """Return the file with the XML of its first sheet changed."""
    name = "xl/worksheets/sheet1.xml"
    return repacked(data, lambda parts: {**parts, name: change(parts[name].decode())})


def with_cell(data: bytes, place: str, xml: str) -> bytes:
    """Return the file with this XML in one cell: ``t="n"><v>1</v>``."""
    cell = re.compile(f'<c r="{place}".*?</c>')
    return with_sheet_xml(data, lambda found: cell.sub(f'<c r="{place}" {xml}</c>', found, count=1))


def with_macros(data: bytes) -> bytes:
    """Return what Excel calls .xlsm: a program beside the sheets."""

    def change(parts: dict[str, bytes]) -> dict[str, bytes | str]:
        types = parts["[Content_Types].xml"].decode()
        types = types.replace(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )
        return {**parts, "[Content_Types].xml": types, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}

    return repacked(data, change)


def with_external_link(data: bytes) -> bytes:
    """Return a file whose cells are linked to another workbook on some server."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    link = (
        f'<Relationships xmlns="{package}"><Relationship Id="rId1" '
        f'Type="{office}/externalLinkPath" Target="//server/share/book.xlsx" '
        'TargetMode="External"/></Relationships>'
    )
    return repacked(
        data,
        lambda parts: {
            **parts,
            "xl/externalLinks/externalLink1.xml": "<externalLink/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": link,
        },
    )


def with_zip_bomb(data: bytes) -> bytes:
    """Return a file whose sheet inflates to 40 MB of nothing."""
    return with_sheet_xml(
        data, lambda xml: re.sub("</sheetData>", " " * 40_000_000 + "</sheetData>", xml)
    )


def encrypted() -> bytes:
    """Return the beginning of a file that Excel saved with a password."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")


def old_excel() -> bytes:
    """Return the beginning of an .xls file."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook".encode("utf-16-le")
