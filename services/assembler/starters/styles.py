"""The styles of a starter: one for each component of form, named as the decree names it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from services.assembler.starters.layout import (
    ADDRESSEES_EM,
    ADDRESSEES_INDENT,
    ADDRESSEES_LABEL_EM,
    DASH_EM,
    TWIPS_PER_POINT,
    Layout,
    half_points,
)
from services.assembler.starters.markup import element
from vnadmin.editions import Alignment, Component

_JUSTIFICATION = {
    Alignment.LEFT: "left",
    Alignment.CENTRE: "center",
    Alignment.JUSTIFIED: "both",
}
_INDENTED = {"body", "legal_basis", "numbered_section", "article", "clause_heading", "clause"}
_KEPT = {
    "part_label",
    "part_title",
    "numbered_section",
    "clause_heading",
    "annex_label",
    "annex_title",
}
_OUTLINE = {"part_title": 0, "numbered_section": 1, "clause_heading": 2}
# Gaps before and after in points where the decree asks for none; content takes its own rule.
_GAPS = {
    "number_and_symbol": (6, 0),
    "place_and_date": (6, 0),
    "letter_abstract": (6, 0),
    "type_name": (14, 0),
    "authority_line": (6, 6),
    "part_label": (12, 0),
    "part_title": (0, 6),
    "annex_title": (0, 0),
    "annex_reference": (3, 0),
}
_CODES = (
    "national_name",
    "motto",
    "superior_body",
    "issuing_body",
    "number_and_symbol",
    "place_and_date",
    "type_name",
    "abstract",
    "letter_abstract",
    "authority_line",
    "legal_basis",
    "body",
    "part_label",
    "part_title",
    "numbered_section",
    "article",
    "clause_heading",
    "clause",
    "signing_power",
    "signer_name",
    "recipients_label",
    "recipients",
    "annex_label",
    "annex_title",
    "annex_reference",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A paragraph style in Word's units."""

    code: str
    name: str
    half_points: int
    justification: str
    bold: bool = False
    italic: bool = False
    before: int = 0
    after: int = 0
    line: int = 240
    line_rule: str = "auto"
    first_line: int = 0
    left: int = 0
    right: int = 0
    hanging: int = 0
    keep_with_next: bool = False
    outline: int | None = None
    rule_above: bool = False
    colour: str = ""
    letter_gap: int = 0
    """Room added after each letter."""


def styles(layout: Layout, own: Sequence[Style] = ()) -> etree._Element:
    """Return the styles part; document defaults equal Normal, for readers that know no styles."""
    root = element("styles", _defaults(layout), _normal(layout), _table_normal())
    root.extend(_style(style) for style in (*every_style(layout), *own))
    return root


def every_style(layout: Layout) -> list[Style]:
    """Return the paragraph styles: those of the decree's components, then our own."""
    known = [_of_component(layout, layout.edition.component(code)) for code in _CODES]
    return [*known, *_own(layout)]


def _of_component(layout: Layout, component: Component) -> Style:
    code = component.code
    is_content = code in _INDENTED
    before, after = (points * TWIPS_PER_POINT for points in _GAPS.get(code, (0, 0)))
    return Style(
        code=code,
        name=component.name,
        half_points=half_points(layout.size_pt(code)),
        justification=_JUSTIFICATION[component.alignment],
        # An article is bold in its label only; the sentence after it is not.
        bold=component.is_bold and code != "article",
        italic=component.is_italic,
        before=before,
        after=layout.paragraph_gap if is_content else after,
        line=layout.line_spacing if is_content else 240,
        first_line=layout.first_line_indent if is_content else 0,
        keep_with_next=code in _KEPT,
        outline=_OUTLINE.get(code),
    )


def _own(layout: Layout) -> list[Style]:
    """Return the styles of what the decree leaves to the writer."""
    return [*_of_tables(layout), *_of_addressees(layout), *_of_spaces(layout)]


def _of_tables(layout: Layout) -> list[Style]:
    size = half_points(layout.table_size_pt)
    plain = Style(code="", name="", half_points=size, justification="left", before=40, after=40)
    strong = replace(plain, bold=True, keep_with_next=True)
    return [
        replace(strong, code="table_head", name="Đầu bảng", justification="center"),
        replace(strong, code="table_group", name="Nhóm trong bảng"),
        replace(strong, code="table_sum", name="Tổng trong bảng", justification="right"),
        replace(plain, code="table_text", name="Chữ trong bảng"),
        replace(plain, code="table_centre", name="Chữ giữa ô", justification="center"),
        replace(plain, code="table_figure", name="Số trong bảng", justification="right"),
    ]


def _of_addressees(layout: Layout) -> list[Style]:
    """Dashes stand under the colon of the label, wrapped names under names."""
    label = layout.em("addressees", ADDRESSEES_LABEL_EM)
    dash = layout.em("addressees", DASH_EM)
    listed = Style(
        code="addressee",
        name="Tên nơi kính gửi",
        half_points=half_points(layout.size_pt("addressees")),
        justification="left",
        after=40,
        left=ADDRESSEES_INDENT + layout.em("addressees", ADDRESSEES_EM) + dash,
        hanging=dash,
    )
    single = replace(
        listed, code="addressees", name="Kính gửi", left=ADDRESSEES_INDENT + label, hanging=label
    )
    return [replace(single, after=layout.paragraph_gap), listed]


def _of_spaces(layout: Layout) -> list[Style]:
    """Rules and gaps; a rule is a border above an empty line of its own."""
    empty = Style(
        code="", name="", half_points=2, justification="center", line=20, line_rule="exact"
    )
    drawn = replace(empty, line=120, before=40, rule_above=True)
    size = half_points(layout.edition.page_number.size_pt.maximum)
    return [
        replace(drawn, code="rule", name="Đường kẻ ngang"),
        replace(drawn, code="rule_with_gap", name="Đường kẻ cách nội dung", before=80, after=120),
        replace(empty, code="signature_space", name="Chỗ ký tên, đóng dấu", line=1500),
        replace(empty, code="gap", name="Khoảng cách trước, sau bảng", line=160),
        replace(empty, code="section_end", name="Kết thúc phần"),
        Style(code="page_number", name="Số trang", half_points=size, justification="center"),
    ]


def _defaults(layout: Layout) -> etree._Element:
    run = element("rPrDefault", _characters(layout))
    return element("docDefaults", run, element("pPrDefault", element("pPr")))


def _characters(layout: Layout) -> etree._Element:
    font = layout.edition.font
    size = half_points(layout.size_pt("body"))
    return element(
        "rPr",
        element("rFonts", ascii=font.name, hAnsi=font.name, eastAsia=font.name, cs=font.name),
        element("color", val=font.colour),
        element("sz", val=size),
        element("szCs", val=size),
        element("lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA"),
    )


def _normal(layout: Layout) -> etree._Element:
    return element(
        "style",
        element("name", val="Normal"),
        element("qFormat"),
        element("pPr", element("widowControl")),
        _characters(layout),
        type="paragraph",
        default="1",
        styleId="Normal",
    )


def _table_normal() -> etree._Element:
    margins = (element(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right"))
    return element(
        "style",
        element("name", val="Normal Table"),
        element("uiPriority", val=99),
        element("semiHidden"),
        element("unhideWhenUsed"),
        element("tblPr", element("tblInd", w=0, type="dxa"), element("tblCellMar", *margins)),
        type="table",
        default="1",
        styleId="TableNormal",
    )


def _style(style: Style) -> etree._Element:
    return element(
        "style",
        element("name", val=style.name),
        element("basedOn", val="Normal"),
        element("qFormat"),
        _paragraph_properties(style),
        _run_properties(style),
        type="paragraph",
        customStyle="1",
        styleId=style.code,
    )


def _paragraph_properties(style: Style) -> etree._Element:
    """Return w:pPr; its children stand in the order of the schema."""
    properties = element("pPr")
    if style.keep_with_next:
        properties.append(element("keepNext"))
    if style.rule_above:
        line = element("top", val="single", sz=6, space=0, color="auto")
        properties.append(element("pBdr", line))
    properties.append(
        element("spacing", before=style.before, after=style.after, line=style.line,
                lineRule=style.line_rule)
    )  # fmt: skip
    properties.append(_indent(style))
    properties.append(element("jc", val=style.justification))
    if style.outline is not None:
        properties.append(element("outlineLvl", val=style.outline))
    return properties


def _indent(style: Style) -> etree._Element:
    if style.hanging:
        return element("ind", left=style.left, hanging=style.hanging)
    sides = {"left": style.left, **({"right": style.right} if style.right else {})}
    return element("ind", **sides, firstLine=style.first_line)


def _run_properties(style: Style) -> etree._Element:
    marks = [element("b")] * style.bold + [element("i")] * style.italic
    look = [element("color", val=style.colour)] if style.colour else []
    look += [element("spacing", val=style.letter_gap)] if style.letter_gap else []
    size = (element("sz", val=style.half_points), element("szCs", val=style.half_points))
    return element("rPr", *marks, *look, *size)
