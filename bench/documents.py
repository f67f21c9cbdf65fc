"""The bench's two templates in docxtpl's language, and their data: a report and a decision's annex.

They stand on python-docx's own empty document, as Word writes it with all of its styles, and use
only what every engine measured can say: values, repeated paragraphs and repeated rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

REPORT = "report"
ANNEX_ROWS = (10, 100, 1_000, 10_000, 100_000)
_SIZE = 11
_SECTIONS = 12
_ROWS_IN_SECTION = 7
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER

_REPORT_COLUMNS = ("Chỉ tiêu", "Đơn vị tính", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)")
_REPORT_KEYS = ("name", "unit", "planned", "actual", "percent")
_ANNEX_COLUMNS = ("TT", "Họ và tên", "Chức vụ, đơn vị", "Thành tích", "Mức tiền thưởng")
_ANNEX_KEYS = ("number", "name", "position", "merit", "reward")

# Invented people and units.
_NAMES = ("Nguyễn Thị Bưởi", "Trần Văn Quýt", "Lê Thị Mơ", "Hoàng Văn Mận", "Lý Thị Đào")
_POSITIONS = (
    "Trưởng thôn Nà Lịnh",
    "Chi hội trưởng Chi hội Phụ nữ thôn Khuổi Yểng",
    "Công chức Văn hóa & Xã hội",
    "Giáo viên Trường Tiểu học Linh Thông",
)
_MERITS = (
    "Hoàn thành xuất sắc nhiệm vụ công tác năm 2023",
    "Có thành tích trong phong trào xây dựng nông thôn mới",
    "Đạt trên 95 % kế hoạch, số hộ nghèo < 5 %",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A template in docxtpl's language with its data; `rows` is 0 where length is no matter."""

    name: str
    template: bytes
    data: dict[str, Any]
    rows: int = 0


def case_names() -> tuple[str, ...]:
    """Return the names of all cases, the report first."""
    return (REPORT, *(f"annex-{rows}" for rows in ANNEX_ROWS))


def case(name: str) -> Case:
    """Return the case of this name: "report", or "annex-N" for any N."""
    if name == REPORT:
        return Case(name=name, template=report_template(), data=report_data())
    rows = int(name.removeprefix("annex-"))
    return Case(name=name, template=annex_template(), data=annex_data(rows), rows=rows)


def report_template() -> bytes:
    """Return a report of about five pages: a heading, sections of text and table, a signature."""
    document = _begun()
    _heading(document)
    _loop(document, "line in legal_basis", "{{ line.text }}")
    _tag(document, "for section in sections")
    _paragraph(document, "{{ section.title }}", bold=True)
    _loop(document, "line in section.lines", "{{ line.text }}")
    table = _table(document, _REPORT_COLUMNS)
    _row_loop(table, "row in section.rows", [f"{{{{ row.{key} }}}}" for key in _REPORT_KEYS])
    _tag(document, "endfor")
    _signature(document)
    return _saved(document)


def annex_template() -> bytes:
    """Return a decision with its annex: one row of five columns for each of those commended."""
    document = _begun()
    _heading(document)
    _loop(document, "line in legal_basis", "{{ line.text }}")
    _paragraph(document, "QUYẾT ĐỊNH:", bold=True, centre=True)
    _loop(document, "article in articles", "{{ article.label }} {{ article.text }}")
    _signature(document)
    document.add_page_break()
    _paragraph(document, "PHỤ LỤC", bold=True, centre=True)
    _paragraph(document, "{{ annex_title }}", centre=True)
    table = _table(document, _ANNEX_COLUMNS)
    _row_loop(table, "row in rows", [f"{{{{ row.{key} }}}}" for key in _ANNEX_KEYS])
    return _saved(document)


def report_data() -> dict[str, Any]:
    """Return the data of the report."""
    return {**_shared_data("BÁO CÁO"), "sections": [_section(n) for n in range(1, _SECTIONS + 1)]}


def annex_data(rows: int) -> dict[str, Any]:
    """Return the data of a decision that commends that many."""
    articles = [
        {"label": f"Điều {n}.", "text": "Tặng danh hiệu cho các cá nhân có tên trong phụ lục."}
        for n in range(1, 4)
    ]
    return {
        **_shared_data("QUYẾT ĐỊNH"),
        "articles": articles,
        "annex_title": f"DANH SÁCH {rows} CÁ NHÂN ĐƯỢC TẶNG GIẤY KHEN",
        "rows": [_awarded(number) for number in range(1, rows + 1)],
    }


def _shared_data(heading: str) -> dict[str, Any]:
    return {
        "superior": "HUYỆN ĐỊNH HÓA",
        "issuer": "ỦY BAN NHÂN DÂN XÃ LINH THÔNG",
        "number": "Số: 15/QĐ-UBND",
        "place_and_date": "Linh Thông, ngày 15 tháng 01 năm 2024",
        "heading": heading,
        "subject": "Tổng kết công tác thi đua, khen thưởng năm 2023 & phương hướng năm 2024",
        "legal_basis": _lines(*(f"Căn cứ Luật Thi đua, khen thưởng ({n});" for n in range(1, 5))),
        "recipients": _lines("- Như trên;", "- Thường trực Đảng ủy & HĐND xã;", "- Lưu: VT."),
        "signing_power": "CHỦ TỊCH",
        "signer": "Phạm Văn Khế",
    }


def _lines(*texts: str) -> list[dict[str, str]]:
    """Return the texts as objects: carbone repeats no plain strings."""
    return [{"text": text} for text in texts]


def _section(number: int) -> dict[str, Any]:
    rows = [
        {
            "name": f"Tập thể được khen, {number}.{n}",
            "unit": "tập thể",
            "planned": str(10 * n + number),
            "actual": str(11 * n + number),
            "percent": f"{100 + n},{number}",
        }
        for n in range(1, _ROWS_IN_SECTION + 1)
    ]
    lines = _lines(
        f"Trong năm, lĩnh vực {number} đã phát động phong trào thi đua với nội dung sát thực tế, "
        "được cán bộ & nhân dân hưởng ứng; kết quả cụ thể nêu trong bảng dưới đây.",
        "Công tác bình xét, đề nghị khen thưởng bảo đảm công khai, dân chủ, đúng đối tượng.",
    )
    return {"title": f"{number}. Kết quả lĩnh vực {number}", "lines": lines, "rows": rows}


def _awarded(number: int) -> dict[str, str]:
    return {
        "number": str(number),
        "name": f"{_NAMES[number % len(_NAMES)]} {number}",
        "position": _POSITIONS[number % len(_POSITIONS)],
        "merit": _MERITS[number % len(_MERITS)],
        "reward": f"{300 + number % 7}.000 đồng",
    }


def _begun() -> WordDocument:
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = page.right_margin = Mm(20)
    page.left_margin = Mm(30)
    usual = document.styles["Normal"].paragraph_format
    usual.space_after, usual.line_spacing = Pt(2), 1.0
    header = page.header.paragraphs[0]
    header.alignment = _CENTRE
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    header._p.append(field)
    return document


def _saved(document: WordDocument) -> bytes:
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _heading(document: WordDocument) -> None:
    table = document.add_table(rows=2, cols=2)
    cells = [cell for row in table.rows for cell in row.cells]
    texts = (
        ("{{ superior }}", "{{ issuer }}"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
        ("{{ number }}",),
        ("{{ place_and_date }}",),
    )
    for cell, lines in zip(cells, texts, strict=True):
        _filled(cell.paragraphs[0], lines[0], centre=True)
        for line in lines[1:]:
            _filled(cell.add_paragraph(), line, bold=True, centre=True)
    _paragraph(document, "{{ heading }}", bold=True, centre=True)
    _paragraph(document, "{{ subject }}", bold=True, centre=True)


def _signature(document: WordDocument) -> None:
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    _filled(left.paragraphs[0], "Nơi nhận:", bold=True)
    for line in ("{%p for line in recipients %}", "{{ line.text }}", "{%p endfor %}"):
        _filled(left.add_paragraph(), line)
    _filled(right.paragraphs[0], "{{ signing_power }}", bold=True, centre=True)
    _filled(right.add_paragraph(), "{{ signer }}", bold=True, centre=True)


def _loop(document: WordDocument, items: str, text: str) -> None:
    _tag(document, f"for {items}")
    _paragraph(document, text)
    _tag(document, "endfor")


def _tag(document: WordDocument, code: str) -> None:
    _paragraph(document, f"{{%p {code} %}}")


def _table(document: WordDocument, columns: Sequence[str]) -> Table:
    table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    _fill_row(table.rows[0], columns, bold=True)
    return table


def _row_loop(table: Table, items: str, texts: Sequence[str]) -> None:
    rest = [""] * (len(texts) - 1)
    for line in ([f"{{%tr for {items} %}}", *rest], texts, ["{%tr endfor %}", *rest]):
        _fill_row(table.add_row(), line)


def _fill_row(row: _Row, texts: Iterable[str], *, bold: bool = False) -> None:
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    row._tr.insert(0, properties)
    for cell, text in zip(row.cells, texts, strict=True):
        _filled(cell.paragraphs[0], text, bold=bold)


def _paragraph(
    document: WordDocument, text: str, *, bold: bool = False, centre: bool = False
) -> None:
    _filled(document.add_paragraph(), text, bold=bold, centre=centre)


def _filled(paragraph: Paragraph, text: str, *, bold: bool = False, centre: bool = False) -> None:
    if centre:
        paragraph.alignment = _CENTRE
    run = paragraph.add_run(text)
    run.font.size = Pt(_SIZE)
    if bold:
        run.bold = True
