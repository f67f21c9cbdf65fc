"""Giấy khen: one A4 sheet across, for one awardee; on pre-printed stock only what varies.

The rows that hold fixed texts keep their height when those are left out, so that what is printed
on stock stands where it stands on plain paper.
"""

from dataclasses import replace
from fractions import Fraction

from lxml import etree

from services.assembler.starters import frame
from services.assembler.starters.drawing import behind
from services.assembler.starters.layout import MOTTO_EM, Layout, Page, mm
from services.assembler.starters.markup import (
    cell,
    element,
    loop,
    paragraph,
    row,
    rule,
    table,
    tag,
)
from services.assembler.starters.package import Section, build_sheet
from services.assembler.starters.styles import Style

TITLE = "Giấy khen"
_TOP = 18
_MARGINS = {"top": mm(_TOP), "bottom": mm(16), "left": mm(24), "right": mm(24)}
_NATIONAL, _AUTHORITY, _HEADING, _AWARDEE, _SIGNING = 17, 12, 33, 58, 53  # heights in mm
_COLUMNS = (104, 145)
_MOTTO_PT = 15
_PRINTS_ALL = "if not is_on_stock"


def commendation_certificate(layout: Layout) -> bytes:
    """Return the template of one certificate."""
    page = replace(layout.page(landscape=True), **_MARGINS)
    sheet = Section(page, [_table(layout, page), paragraph("section_end")])
    return build_sheet(layout, TITLE, sheet, _behind(layout), _styles())


def _table(layout: Layout, page: Page) -> etree._Element:
    widths = page.columns(_COLUMNS)
    whole = sum(widths)

    def band(height_mm: int, *content: etree._Element, align: str = "center") -> etree._Element:
        return _high(row(_aligned(cell(whole, *content, span=2), align)), height_mm)

    rows = [
        band(_NATIONAL, *_national(layout, whole), align="top"),
        band(_AUTHORITY, paragraph("certificate_authority", "{{ document.authority }}")),
        band(_HEADING, *_heading(), align="top"),
        band(_AWARDEE, *_awardee()),
        _signing(widths),
    ]
    return table(widths, rows, borders=False)


def _national(layout: Layout, width: int) -> list[etree._Element]:
    wording = layout.edition.heading
    length = mm(MOTTO_EM * _MOTTO_PT * Fraction(254, 720))
    return [
        *loop(
            _PRINTS_ALL,
            paragraph("certificate_national", wording.national_name),
            paragraph("certificate_motto", wording.motto),
            rule(length, width),
        ),
        paragraph("section_end"),
    ]


def _heading() -> list[etree._Element]:
    return [
        *loop(
            _PRINTS_ALL,
            paragraph("certificate_act", "TẶNG"),
            paragraph("certificate_heading", "GIẤY KHEN"),
        ),
        paragraph("section_end"),
    ]


def _awardee() -> list[etree._Element]:
    """Return the texts about the awardee once in each size, of which one is printed."""
    return [
        tag('if awardee.size == "large"'),
        *_awardee_in("large"),
        tag('elif awardee.size == "medium"'),
        *_awardee_in("medium"),
        tag("else"),
        *_awardee_in("small"),
        tag("endif"),
    ]


def _awardee_in(size: str) -> list[etree._Element]:
    return [
        *loop(
            "if awardee.salutation",
            paragraph(f"certificate_salutation_{size}", "{{ awardee.salutation }}:"),
        ),
        paragraph(f"certificate_name_{size}", "{{ awardee.name }}"),
        *loop("if awardee.place", paragraph(f"certificate_text_{size}", "{{ awardee.place }}")),
        paragraph(f"certificate_achievement_{size}", "{{ awardee.achievement }}"),
    ]


def _signing(widths: tuple[int, ...]) -> etree._Element:
    register = [
        paragraph("certificate_register", "Theo Quyết định số {{ decision.number }}"),
        paragraph("certificate_register", "{{ decision.date }}"),
        paragraph("certificate_register", "Vào sổ khen thưởng số {{ awardee.entry }}"),
    ]
    sign = [
        paragraph("certificate_date", "{{ office.place }}, {{ decision.date }}"),
        *loop("for line in signature.lines", paragraph("certificate_power", "{{ line }}")),
        paragraph("certificate_space"),
        paragraph("certificate_signer", "{{ signature.name }}"),
    ]
    left = _aligned(cell(widths[0], *register), "bottom")
    right = _aligned(cell(widths[1], *sign), "bottom")
    return _high(row(left, right), _SIGNING)


def _high(table_row: etree._Element, height_mm: int) -> etree._Element:
    """Give a row at least this height; a text that is too long shows, it is never cut off."""
    table_row[0].append(element("trHeight", val=mm(height_mm), hRule="atLeast"))
    return table_row


def _aligned(table_cell: etree._Element, align: str) -> etree._Element:
    table_cell[0].append(element("vAlign", val=align))
    return table_cell


def _behind(layout: Layout) -> etree._Element:
    sides = (layout.edition.page.width_mm, layout.edition.page.height_mm)
    width, height = float(max(sides)), float(min(sides))
    divider_at = _TOP + _NATIONAL + _AUTHORITY + _HEADING - 3
    drawn = element("p", element("pPr", element("pStyle", val="section_end")))
    drawn.append(behind(frame.frame(width, height, divider_at), width, height))
    return element("hdr", *loop(_PRINTS_ALL, drawn), paragraph("section_end"))


def _styles() -> list[Style]:
    """Return the styles of a certificate, which the decree on documents leaves free."""
    plain = Style(code="", name="", half_points=28, justification="center")
    strong = replace(plain, bold=True)
    shared = [
        replace(strong, code="certificate_national", name="Quốc hiệu giấy khen", half_points=28),
        replace(strong, code="certificate_motto", name="Tiêu ngữ giấy khen", half_points=30),
        replace(strong, code="certificate_authority", name="Thẩm quyền tặng", half_points=34),
        replace(
            strong,
            code="certificate_act",
            name="Chữ Tặng",
            half_points=36,
            before=40,
            letter_gap=40,
        ),
        replace(
            strong,
            code="certificate_heading",
            name="Chữ Giấy khen",
            half_points=104,
            colour=frame.RED,
            letter_gap=60,
        ),
        replace(
            plain,
            code="certificate_register",
            name="Số quyết định",
            justification="left",
            left=mm(12),
        ),
        replace(plain, code="certificate_date", name="Địa danh, ngày tháng", italic=True),
        replace(strong, code="certificate_power", name="Chức vụ người ký"),
        replace(
            plain,
            code="certificate_space",
            name="Chỗ ký giấy khen",
            half_points=2,
            line=mm(27),
            line_rule="exact",
        ),
        replace(strong, code="certificate_signer", name="Họ tên người ký", half_points=30),
    ]
    sizes = (("large", "lớn", 56, 32), ("medium", "vừa", 40, 30), ("small", "nhỏ", 34, 26))
    return [*shared, *(style for size in sizes for style in _awardee_styles(*size))]


def _awardee_styles(size: str, word: str, of_name: int, of_text: int) -> list[Style]:
    label = f" (chữ {word})"
    plain = Style(code="", name="", half_points=of_text, justification="center")
    return [
        replace(plain, code=f"certificate_salutation_{size}", name=f"Ông, bà, tập thể{label}"),
        replace(
            plain,
            code=f"certificate_name_{size}",
            name=f"Tên người được khen{label}",
            half_points=of_name,
            bold=True,
            before=40,
            after=40,
        ),
        replace(plain, code=f"certificate_text_{size}", name=f"Chức vụ, đơn vị{label}"),
        replace(
            plain,
            code=f"certificate_achievement_{size}",
            name=f"Thành tích{label}",
            before=160,
            line=264,
            italic=True,
            left=mm(8),
            right=mm(8),
        ),
    ]
