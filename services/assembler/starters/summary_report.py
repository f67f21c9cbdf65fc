"""Báo cáo tổng kết phong trào thi đua: results of the year, plan for the next."""

from lxml import etree

from services.assembler.starters.components import END_MARK, Components
from services.assembler.starters.layout import COUNCIL_EM, Layout, Page
from services.assembler.starters.markup import (
    cell,
    head_row,
    loop,
    paragraph,
    row,
    row_tag,
    table,
    tag,
)
from services.assembler.starters.package import Section, build

TITLE = "Báo cáo tổng kết phong trào thi đua"
_AWARD_COLUMNS = (10, 75, 20, 20, 20, 20)  # millimetres in proportion; they fill the page
_INDICATOR_COLUMNS = (10, 51, 22, 18, 26, 18, 25)


def summary_report(layout: Layout) -> bytes:
    """Return the template of the yearly summary report with its table of indicators."""
    page = layout.page()
    shared = Components(layout, page)
    main = [
        *shared.heading(COUNCIL_EM),
        *shared.type_and_abstract(),
        *shared.addressees(),
        *shared.legal_basis(),
        *_opening(),
        *_part_one(page),
        *_part_two(),
        *_closing(),
        *shared.signature(),
        tag("if indicators.groups"),
    ]
    annex = [
        *shared.annex_heading(
            page, "Phụ lục", "TỔNG HỢP KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU NĂM {{ year }}"
        ),
        _indicator_table(page),
        paragraph("section_end"),
        tag("endif"),
    ]
    return build(layout, TITLE, [Section(page, main), Section(page, annex)])


def _opening() -> list[etree._Element]:
    return [
        paragraph(
            "body",
            "{{ issuer.name }} báo cáo kết quả phong trào thi đua yêu nước, công tác khen thưởng "
            "năm {{ year }} và phương hướng, nhiệm vụ năm {{ next_year }} như sau:",
        )
    ]


def _part_one(page: Page) -> list[etree._Element]:
    return [
        paragraph("part_label", "Phần I"),
        paragraph(
            "part_title",
            "KẾT QUẢ PHONG TRÀO THI ĐUA YÊU NƯỚC VÀ CÔNG TÁC KHEN THƯỞNG NĂM {{ year }}",
        ),
        paragraph("numbered_section", "I. LÃNH ĐẠO, CHỈ ĐẠO, PHÁT ĐỘNG PHONG TRÀO THI ĐUA"),
        *_leading(),
        *_movements(),
        paragraph("numbered_section", "II. KẾT QUẢ THỰC HIỆN PHONG TRÀO THI ĐUA"),
        *_fields(page),
        *_limitations(),
    ]


def _leading() -> list[etree._Element]:
    return [
        paragraph("clause_heading", "1. Công tác lãnh đạo, chỉ đạo"),
        paragraph(
            "body",
            "Thực hiện chủ trương của Đảng, chính sách, pháp luật của Nhà nước về thi đua, khen "
            "thưởng và sự chỉ đạo của {{ office.superior_name }}, {{ issuer.name }} đã chỉ đạo các "
            "ngành, đoàn thể, cơ quan, đơn vị và {{ office.villages }} {{ office.village_word }} "
            "phát động, hưởng ứng và tổ chức thực hiện các phong trào thi đua yêu nước năm "
            "{{ year }}.",
        ),
        *loop("if movements.summary", paragraph("body", "{{ movements.summary }}")),
    ]


def _movements() -> list[etree._Element]:
    return [
        tag("if movements.groups"),
        paragraph("clause_heading", "2. Nội dung phát động và hưởng ứng phong trào thi đua"),
        tag("for group in movements.groups"),
        tag("if group.lines"),
        paragraph("body", "{{ group.label }} {{ group.lead }}", keep_with_next=True),
        *loop("for line in group.lines", paragraph("body", "- {{ line }}")),
        tag("else"),
        paragraph("body", "{{ group.label }} {{ group.lead }}"),
        tag("endif"),
        tag("endfor"),
        tag("endif"),
    ]


def _fields(page: Page) -> list[etree._Element]:
    return [
        *loop(
            "if indicators.groups",
            paragraph(
                "body",
                "Kết quả thực hiện từng chỉ tiêu được tổng hợp tại Phụ lục kèm theo Báo cáo này; "
                "kết quả cụ thể trên các lĩnh vực như sau:",
                keep_with_next=True,
            ),
        ),
        tag("for field in fields"),
        paragraph("clause_heading", "{{ field.number }}. {{ field.title }}"),
        *loop("for part in field.paragraphs", paragraph("body", "{{ part.text }}")),
        tag("if field.indicators"),
        paragraph("body", "Kết quả thực hiện một số chỉ tiêu:", keep_with_next=True),
        *loop("for line in field.indicators", paragraph("body", "- {{ line }}")),
        tag("endif"),
        tag("if field.shows_awards and awards.rows"),
        paragraph(
            "body",
            "Kết quả khen thưởng năm {{ year }}: {{ awards.summary }}, cụ thể như sau:",
            keep_with_next=True,
        ),
        _award_table(page),
        paragraph("gap"),
        tag("endif"),
        tag("endfor"),
    ]


def _limitations() -> list[etree._Element]:
    return [
        tag("if limitations.lines"),
        paragraph("clause_heading", "{{ limitations.number }}. Hạn chế, khuyết điểm"),
        *loop("for line in limitations.lines", paragraph("body", "- {{ line }}")),
        tag("endif"),
    ]


def _part_two() -> list[etree._Element]:
    return [
        paragraph("part_label", "Phần II"),
        paragraph(
            "part_title",
            "PHƯƠNG HƯỚNG, NHIỆM VỤ CÔNG TÁC THI ĐUA, KHEN THƯỞNG NĂM {{ next_year }}",
        ),
        *loop(
            "for direction in directions",
            paragraph("clause", "{{ direction.number }} {{ direction.text }}"),
        ),
    ]


def _closing() -> list[etree._Element]:
    return [
        paragraph(
            "body",
            "Trên đây là Báo cáo tổng kết phong trào thi đua yêu nước năm {{ year }}; phương "
            "hướng, nhiệm vụ công tác thi đua, khen thưởng năm {{ next_year }} của "
            "{{ issuer.name }}" + END_MARK,
            keep_with_next=True,
        )
    ]


def _award_table(page: Page) -> etree._Element:
    widths = page.columns(_AWARD_COLUMNS)
    heads = ("TT", "Danh hiệu, hình thức khen thưởng", "Tập thể", "Hộ gia đình", "Cá nhân", "Cộng")
    figures = ("collective", "household", "individual", "total")
    rows = [
        head_row(widths, heads),
        row_tag("for award in awards.rows", widths),
        row(
            cell(widths[0], paragraph("table_centre", "{{ award.number }}")),
            cell(widths[1], paragraph("table_text", "{{ award.title }}")),
            *_figures(widths[2:], "award", figures),
        ),
        row_tag("endfor", widths),
        row_tag("for sum in awards.sums", widths),
        row(
            cell(widths[0] + widths[1], paragraph("table_head", "{{ sum.title }}"), span=2),
            *(
                cell(width, paragraph("table_head", f"{{{{ sum.{key} }}}}"))
                for width, key in zip(widths[2:], figures, strict=True)
            ),
        ),
        row_tag("endfor", widths),
    ]
    return table(widths, rows, borders=True)


def _indicator_table(page: Page) -> etree._Element:
    widths = page.columns(_INDICATOR_COLUMNS)
    heads = ("TT", "Chỉ tiêu", "Đơn vị", "Kế hoạch", "Thực hiện", "Tỷ lệ", "Ghi chú")
    rows = [
        head_row(widths, heads),
        row_tag("for group in indicators.groups", widths),
        row(
            cell(widths[0], paragraph("table_head", "{{ group.label }}")),
            cell(sum(widths[1:]), paragraph("table_group", "{{ group.title }}"), span=6),
        ),
        row_tag("for row in group.rows", widths),
        row(
            cell(widths[0], paragraph("table_centre", "{{ row.number }}")),
            cell(widths[1], paragraph("table_text", "{{ row.name }}")),
            cell(widths[2], paragraph("table_centre", "{{ row.unit }}")),
            *_figures(widths[3:6], "row", ("plan", "actual", "percent")),
            cell(widths[6], paragraph("table_text", "{{ row.note }}")),
        ),
        row_tag("endfor", widths),
        row_tag("endfor", widths),
    ]
    return table(widths, rows, borders=True)


def _figures(widths: tuple[int, ...], item: str, keys: tuple[str, ...]) -> list[etree._Element]:
    return [
        cell(width, paragraph("table_centre", f"{{{{ {item}.{key} }}}}"))
        for width, key in zip(widths, keys, strict=True)
    ]
