"""Tờ trình đề nghị khen thưởng: asks the superior for the awards that are not ours to give."""

from lxml import etree

from services.assembler.starters.components import END_MARK, Components
from services.assembler.starters.layout import COMMITTEE_EM, Layout, Page
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

TITLE = "Tờ trình đề nghị khen thưởng"
_LIST_COLUMNS = (11, 72, 66, 103)  # in proportion; they fill the page


def submission_letter(layout: Layout) -> bytes:
    """Return the template of the submission; the list lies across a landscape page."""
    page, list_page = layout.page(), layout.page(landscape=True)
    shared = Components(layout, page)
    main = [
        *shared.heading(COMMITTEE_EM),
        *shared.type_and_abstract(),
        *shared.addressees(),
        *shared.legal_basis(),
        *_reasons(),
        *_asked(),
        *_closing(),
        *shared.signature(),
    ]
    annex = [
        *shared.annex_heading(list_page, "DANH SÁCH", "{{ proposals.annex_title }} NĂM {{ year }}"),
        _list(list_page),
        paragraph("section_end"),
    ]
    return build(layout, TITLE, [Section(page, main), Section(list_page, annex)])


def _reasons() -> list[etree._Element]:
    return [
        paragraph(
            "body",
            "Thực hiện quy định của pháp luật về thi đua, khen thưởng, năm {{ year }}, "
            "{{ issuer.name }} đã chỉ đạo, tổ chức các phong trào thi đua yêu nước trên địa bàn "
            "{{ commune }}. {{ movements.summary }}",
        ),
        paragraph(
            "body",
            "Trên cơ sở kết quả bình xét và đề nghị của {{ office.council }}, {{ issuer.name }} "
            "kính trình {{ office.superior_name }} xem xét, khen thưởng theo thẩm quyền hoặc trình "
            "cấp có thẩm quyền khen thưởng {{ proposals.whom }} có thành tích xuất sắc trong phong "
            "trào thi đua yêu nước năm {{ year }} (có danh sách kèm theo), cụ thể như sau:",
            keep_with_next=True,
        ),
    ]


def _asked() -> list[etree._Element]:
    """Return what is asked of whom; flowing text, for a table would leave half a page empty."""
    return [
        tag("for authority in proposals.authorities"),
        paragraph(
            "clause", "{{ authority.number }} Đề nghị {{ authority.title }}:", keep_with_next=True
        ),
        *loop("for line in authority.lines", paragraph("body", "- {{ line }}")),
        tag("endfor"),
    ]


def _closing() -> list[etree._Element]:
    return [
        paragraph(
            "body",
            "Các {{ proposals.nominees }} nêu trên đã được bình xét đúng đối tượng, tiêu chuẩn, "
            "trình tự, thủ tục theo quy định. {{ issuer.name }} chịu trách nhiệm về tính chính xác "
            "của hồ sơ đề nghị khen thưởng.",
        ),
        tag("if proposals.papers"),
        paragraph("body", "Hồ sơ gửi kèm theo Tờ trình này gồm:", keep_with_next=True),
        *loop("for line in proposals.papers", paragraph("body", "- {{ line }}")),
        tag("endif"),
        paragraph(
            "body",
            "{{ issuer.name }} kính trình {{ office.superior_name }} xem xét, quyết định"
            + END_MARK,
            keep_with_next=True,
        ),
    ]


def _list(page: Page) -> etree._Element:
    widths = page.columns(_LIST_COLUMNS)
    heads = ("TT", "Họ và tên, tên tập thể", "Chức vụ, đơn vị", "Thành tích")
    group = "{{ group.title }} ({{ group.count_line }})"
    return table(
        widths,
        [
            head_row(widths, heads),
            row_tag("for group in proposals.groups", widths),
            row(
                cell(widths[0], paragraph("table_head", "{{ group.label }}")),
                cell(sum(widths[1:]), paragraph("table_group", group), span=3),
            ),
            row_tag("for row in group.rows", widths),
            row(
                cell(widths[0], paragraph("table_centre", "{{ row.number }}")),
                cell(widths[1], paragraph("table_text", "{{ row.name }}")),
                cell(widths[2], paragraph("table_text", "{{ row.place }}")),
                cell(widths[3], paragraph("table_text", "{{ row.achievement }}")),
            ),
            row_tag("endfor", widths),
            row_tag("endfor", widths),
        ],
        borders=True,
    )
