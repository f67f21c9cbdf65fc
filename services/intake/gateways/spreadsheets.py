"""Excel files that come from outside: opened safely, refused in words that their owner can use."""

from collections.abc import Sequence
from dataclasses import replace

from kernel.errors import InvalidInput, Located
from ooxml.faults import Fault, PackageRefused
from ooxml.workbooks import Workbook, open_workbook
from ooxml.worksheets import Worksheet, read_worksheet
from services.intake.domain import sheet_headings
from services.intake.domain.sheet_reading import rows_of, too_many_rows
from services.intake.domain.sheets import Column, SheetRows, refused

_MOST_SHEETS_LOOKED_AT = 12
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AGAIN = "Hãy mở bằng Excel, chọn Lưu thành (Save As) → Excel Workbook (.xlsx) rồi tải lại."
_WORDS = {
    Fault.TOO_LARGE: "Tệp Excel quá lớn. Hãy chỉ giữ lại bảng cần nhập rồi tải lại.",
    Fault.TOO_MANY_PARTS: "Tệp Excel có quá nhiều trang tính hoặc thành phần. Hãy chỉ giữ lại bảng "
    "cần nhập rồi tải lại.",
    Fault.ZIP_BOMB: "Tệp nén bất thường, phình quá lớn khi mở, nên bị từ chối.",
    Fault.NOT_A_ZIP: f"Đây không phải tệp Excel .xlsx (có thể là .csv đổi tên). {_SAVE_AGAIN}",
    Fault.DAMAGED: f"Tệp Excel bị hỏng hoặc tải lên chưa trọn. {_SAVE_AGAIN}",
    Fault.ENCRYPTED: "Tệp Excel có mật khẩu. Hãy bỏ mật khẩu rồi tải lại.",
    Fault.UNSAFE_NAME: f"Tệp chứa thành phần có tên không an toàn. {_SAVE_AGAIN}",
    Fault.DUPLICATE_PART: f"Tệp có hai thành phần trùng tên. {_SAVE_AGAIN}",
    Fault.NOT_A_DOCUMENT: f"Đây không phải bảng tính Excel .xlsx. {_SAVE_AGAIN}",
    Fault.MALFORMED_XML: f"Nội dung tệp Excel bị hỏng. {_SAVE_AGAIN}",
    Fault.DTD: f"Tệp có khai báo XML không được phép. {_SAVE_AGAIN}",
    Fault.TOO_DEEP: f"Nội dung tệp lồng nhau quá sâu. {_SAVE_AGAIN}",
    Fault.MACRO: "Tệp Excel có macro nên bị từ chối. Hãy lưu thành .xlsx (không có macro) rồi tải "
    "lại.",
    Fault.EMBEDDED_OBJECT: "Tệp Excel có đối tượng nhúng. Hãy xóa đối tượng đó rồi tải lại.",
    Fault.EXTERNAL_LINK: "Tệp Excel có liên kết tới tệp khác hoặc nguồn dữ liệu bên ngoài. Hãy "
    "ngắt liên kết (Dữ liệu → Sửa liên kết → Ngắt) rồi tải lại.",
    Fault.ACTIVE_FIELD: f"Tệp có trường tự lấy dữ liệu bên ngoài. {_SAVE_AGAIN}",
}
_OLD_EXCEL = f"Đây là tệp Excel đời cũ (.xls). {_SAVE_AGAIN}"


def read_sheet(data: bytes, columns: Sequence[Column], *, limit: int) -> SheetRows:
    """Return the rows of the table in the file; all that is wrong with it raises InvalidInput.

    Of several sheets the one with the most of our headings is read. Cached results of formulas
    are not trusted: nobody saw them with these inputs, and a program may have written anything.
    """
    try:
        workbook = open_workbook(data)
        name, sheet, row = _sheet_to_read(workbook, columns, limit)
    except PackageRefused as exc:
        raise _refused_file(data, exc.fault) from exc
    if not sheet.is_whole:
        raise too_many_rows(sheet.row_count, limit)
    headings = sheet_headings.headings_in(sheet, row, columns)
    return replace(rows_of(sheet, headings, limit=limit), sheet=name)


def _sheet_to_read(
    workbook: Workbook, columns: Sequence[Column], limit: int
) -> tuple[str, Worksheet, int]:
    """Return the name and cells of the sheet that has our table, and its heading row."""
    most_rows = limit + sheet_headings.ROWS_BEFORE
    visible = [sheet for sheet in workbook.sheets if not sheet.is_hidden]
    best: tuple[int, str, Worksheet, int] | None = None
    for sheet in visible[:_MOST_SHEETS_LOOKED_AT]:
        read = read_worksheet(workbook, sheet, rows=most_rows)
        row, score = sheet_headings.best_row(read, columns)
        if best is None or score > best[0] or (not best[0] and not best[2].row_count):
            best = (score, sheet.name, read, row)
    if best is not None and not best[2].is_whole:
        return best[1:]
    if best is None or not sheet_headings.is_enough(best[0], columns):
        raise refused([sheet_headings.none_found(columns)])
    return best[1:]


def _refused_file(data: bytes, fault: Fault) -> InvalidInput:
    is_old = fault is Fault.NOT_A_ZIP and data.startswith(_COMPOUND_FILE)
    detail = _OLD_EXCEL if is_old else _WORDS[fault]
    return InvalidInput(detail, errors=[Located("#/file", detail)])
