"""Quyết định khen thưởng and công nhận danh hiệu, each with its annexed list.

They differ in their words alone, and a title that only individuals hold needs no groups.
"""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decision:
    """The words of one decision, and the columns of its list in proportion: they fill the page."""

    title: str
    act: str
    bonus: str
    performers: str
    columns: tuple[int, ...]
    name: str
    place: str
    may_lack_groups: bool


_COMMENDATION = _Decision(
    title="Quyết định khen thưởng",
    act="{{ commendation.act_capital }} cho {{ commendation.whom }} có thành tích xuất sắc trong "
    "phong trào thi đua yêu nước năm {{ year }} (có danh sách kèm theo).",
    bonus="Kèm theo {{ commendation.thing }} là tiền thưởng {{ commendation.bonus }};",
    performers="các đơn vị liên quan và các {{ nominees }}",
    columns=(11, 64, 52, 97, 28),
    name="Họ và tên, tên tập thể",
    place="Chức vụ, đơn vị",
    may_lack_groups=False,
)
_ADVANCED_WORKER = _Decision(
    title="Quyết định công nhận danh hiệu “Lao động tiên tiến”",
    act="{{ commendation.act_capital }} năm {{ year }} cho {{ commendation.whom }} đã hoàn thành "
    "tốt nhiệm vụ được giao, tích cực tham gia phong trào thi đua yêu nước (có danh sách kèm "
    "theo).",
    bonus="Tiền thưởng kèm theo {{ commendation.thing }}: {{ commendation.bonus }};",
    performers="các cơ quan, đơn vị liên quan và các {{ nominees }}",
    columns=(11, 58, 58, 97, 28),
    name="Họ và tên",
    place="Chức vụ, đơn vị công tác",
    may_lack_groups=True,
)


def commendation_decision(layout: Layout) -> bytes:
    """Return the template of a commendation decision; the list lies across a landscape page."""
    return _built(_COMMENDATION, layout)


def advanced_worker_decision(layout: Layout) -> bytes:
    """Return the template of the decision on the title that only individuals hold."""
    return _built(_ADVANCED_WORKER, layout)


def _built(decision: _Decision, layout: Layout) -> bytes:
    page, list_page = layout.page(), layout.page(landscape=True)
    shared = Components(layout, page)
    main = [
        *shared.heading(COMMITTEE_EM),
        *shared.type_and_abstract(),
        paragraph("authority_line", "{{ document.authority }}"),
        *shared.legal_basis(),
        paragraph("authority_line", "{{ document.heading }}:"),
        *_articles(decision),
        *shared.signature("- Như Điều 3;"),
    ]
    annex = [
        *shared.annex_heading(
            list_page, "DANH SÁCH", "{{ commendation.annex_title }} NĂM {{ year }}"
        ),
        _list(decision, list_page),
        paragraph("section_end"),
    ]
    return build(layout, decision.title, [Section(page, main), Section(list_page, annex)])


def _articles(decision: _Decision) -> list[etree._Element]:
    return [
        article(1, decision.act),
        tag("if commendation.has_bonus"),
        article(
            2,
            f"{decision.bonus} tổng số tiền thưởng: {{{{ commendation.total }}}} (Bằng chữ: "
            "{{ commendation.total_in_words }}), chi từ quỹ thi đua, khen thưởng của "
            "{{ commune }} theo quy định.",
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
            f"Văn phòng {{{{ office.name }}}}, bộ phận Tài chính - Kế toán, {decision.performers} "
            "có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này. Quyết định có hiệu lực kể "
            "từ ngày ký" + END_MARK,
            is_last=True,
        ),
    ]


def _list(decision: _Decision, page: Page) -> etree._Element:
    widths = page.columns(decision.columns)
    heads = ("TT", decision.name, decision.place, "Thành tích", "Tiền thưởng (đồng)")
    group = [_group(widths)]
    if decision.may_lack_groups:
        group = [row_tag("if commendation.is_grouped", widths), *group, row_tag("endif", widths)]
    return table(
        widths,
        [
            head_row(widths, heads),
            row_tag("for group in commendation.groups", widths),
            *group,
            row_tag("for row in group.rows", widths),
            _nominee(widths),
            row_tag("endfor", widths),
            row_tag("endfor", widths),
            row_tag("if commendation.has_bonus", widths),
            _total(widths),
            row_tag("endif", widths),
        ],
        borders=True,
    )


def _group(widths: tuple[int, ...]) -> etree._Element:
    """Return the line of a group with its number of nominees and its sum."""
    return row(
        cell(widths[0], paragraph("table_head", "{{ group.label }}")),
        cell(
            sum(widths[1:4]),
            paragraph("table_group", "{{ group.title }} ({{ group.count_line }})"),
            span=3,
        ),
        cell(widths[4], paragraph("table_sum", "{{ group.subtotal }}")),
    )


def _nominee(widths: tuple[int, ...]) -> etree._Element:
    return row(
        cell(widths[0], paragraph("table_centre", "{{ row.number }}")),
        cell(widths[1], paragraph("table_text", "{{ row.name }}")),
        cell(widths[2], paragraph("table_text", "{{ row.place }}")),
        cell(widths[3], paragraph("table_text", "{{ row.achievement }}")),
        cell(widths[4], paragraph("table_figure", "{{ row.bonus }}")),
    )


def _total(widths: tuple[int, ...]) -> etree._Element:
    words = "Tổng cộng: {{ commendation.whom }} (Bằng chữ: {{ commendation.total_in_words }})"
    return row(
        cell(sum(widths[:4]), paragraph("table_group", words), span=4),
        cell(widths[4], paragraph("table_sum", "{{ commendation.total_figure }}")),
    )
