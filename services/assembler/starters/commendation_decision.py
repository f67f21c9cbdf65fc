"""Quyết định khen thưởng with its annexed list; any award that the commune decides on."""

from lxml import etree

from services.assembler.starters.components import END_MARK, Components, article
from services.assembler.starters.layout import COMMITTEE_EM, Layout, Page
from services.assembler.starters.markup import (
    cell,
    head_row,
    paragraph,
    row,
    row_tag,
    table,
    tag,
)
from services.assembler.starters.package import Section, build

TITLE = "Quyết định khen thưởng"
_LIST_COLUMNS = (11, 64, 52, 97, 28)  # in proportion; they fill the page


def commendation_decision(layout: Layout) -> bytes:
    """Return the template of a commendation decision; the list lies across a landscape page."""
    page, list_page = layout.page(), layout.page(landscape=True)
    shared = Components(layout, page)
    main = [
        *shared.heading(COMMITTEE_EM),
        *shared.type_and_abstract(),
        paragraph("authority_line", "{{ document.authority }}"),
        *shared.legal_basis(),
        paragraph("authority_line", "{{ document.heading }}:"),
        *_articles(),
        *shared.signature("- Như Điều 3;"),
    ]
    annex = [
        *shared.annex_heading(
            list_page, "DANH SÁCH", "{{ commendation.annex_title }} NĂM {{ year }}"
        ),
        _list(list_page),
        paragraph("section_end"),
    ]
    return build(layout, TITLE, [Section(page, main), Section(list_page, annex)])


def _articles() -> list[etree._Element]:
    return [
        article(
            1,
            "{{ commendation.act_capital }} cho {{ commendation.whom }} có thành tích xuất sắc "
            "trong phong trào thi đua yêu nước năm {{ year }} (có danh sách kèm theo).",
        ),
        tag("if commendation.has_bonus"),
        article(
            2,
            "Kèm theo {{ commendation.thing }} là tiền thưởng {{ commendation.bonus }}; tổng số "
            "tiền thưởng: {{ commendation.total }} (Bằng chữ: {{ commendation.total_in_words }}), "
            "chi từ quỹ thi đua, khen thưởng của {{ commune }} theo quy định.",
        ),
        tag("else"),
        article(
            2,
            "Tiền thưởng kèm theo (nếu có) thực hiện theo quy định của pháp luật về thi đua, khen "
            "thưởng.",
        ),
        tag("endif"),
        article(
            3,
            "Văn phòng {{ office.name }}, bộ phận Tài chính - Kế toán, các đơn vị liên quan và các "
            "{{ nominees }} có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này. Quyết định "
            "có hiệu lực kể từ ngày ký" + END_MARK,
            is_last=True,
        ),
    ]


def _list(page: Page) -> etree._Element:
    widths = page.columns(_LIST_COLUMNS)
    heads = ("TT", "Họ và tên, tên tập thể", "Chức vụ, đơn vị", "Thành tích", "Tiền thưởng (đồng)")
    return table(
        widths,
        [
            head_row(widths, heads),
            row_tag("for group in commendation.groups", widths),
            *_group(widths),
            row_tag("for row in group.rows", widths),
            *_nominee(widths),
            row_tag("endfor", widths),
            row_tag("endfor", widths),
            row_tag("if commendation.has_bonus", widths),
            *_total(widths),
            row_tag("endif", widths),
        ],
        borders=True,
    )


def _group(widths: tuple[int, ...]) -> list[etree._Element]:
    """Return the line of a group with its number of nominees and its sum."""
    return [
        row(
            cell(widths[0], paragraph("table_head", "{{ group.label }}")),
            cell(
                sum(widths[1:4]),
                paragraph("table_group", "{{ group.title }} ({{ group.count_line }})"),
                span=3,
            ),
            cell(widths[4], paragraph("table_sum", "{{ group.subtotal }}")),
        )
    ]


def _nominee(widths: tuple[int, ...]) -> list[etree._Element]:
    return [
        row(
            cell(widths[0], paragraph("table_centre", "{{ row.number }}")),
            cell(widths[1], paragraph("table_text", "{{ row.name }}")),
            cell(widths[2], paragraph("table_text", "{{ row.place }}")),
            cell(widths[3], paragraph("table_text", "{{ row.achievement }}")),
            cell(widths[4], paragraph("table_figure", "{{ row.bonus }}")),
        )
    ]


def _total(widths: tuple[int, ...]) -> list[etree._Element]:
    words = "Tổng cộng: {{ commendation.whom }} (Bằng chữ: {{ commendation.total_in_words }})"
    return [
        row(
            cell(sum(widths[:4]), paragraph("table_group", words), span=4),
            cell(widths[4], paragraph("table_sum", "{{ commendation.total_figure }}")),
        )
    ]
