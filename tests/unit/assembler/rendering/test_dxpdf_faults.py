import pytest

from ooxml.package import open_package, save
from services.assembler.rendering.pdf.dxpdf_faults import written_around
from tests.support.word_packages import W, content_types, part_of, parts_of, zipped

STYLES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"


def style(style_id: str, size: str = "", based_on: str = "", default: str = "0") -> str:
    run = f'<w:rPr><w:sz w:val="{size}"/></w:rPr>' if size else ""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    head = f'w:type="paragraph" w:styleId="{style_id}" w:default="{default}"'
    return f"<w:style {head}>{base}{run}</w:style>"


def converted(body: str, *styles: str) -> str:
    parts = {
        **parts_of(body),
        "[Content_Types].xml": content_types(("word/styles.xml", STYLES_TYPE)),
        "word/styles.xml": f"<w:styles {W}>{''.join(styles)}</w:styles>",
    }
    return part_of(save(written_around(open_package(zipped(parts)))))


def cell(style_id: str = "", properties: str = "") -> str:
    name = f'<w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>' if style_id else ""
    run = f"<w:r>{properties}<w:t>x</w:t></w:r>"
    return f"<w:tbl><w:tr><w:tc><w:p>{name}{run}</w:p></w:tc></w:tr></w:tbl>"


@pytest.mark.parametrize(("style_id", "size"), [("", "28"), ("Small", "22"), ("Child", "22")])
def test_text_in_a_cell_says_the_size_of_its_style(style_id, size):
    styles = (
        style("Normal", "28", default="1"),
        style("Small", "22", based_on="Normal"),
        style("Child", based_on="Small"),
    )

    assert f'<w:r><w:rPr><w:sz w:val="{size}"/></w:rPr>' in converted(cell(style_id), *styles)


def test_a_size_of_its_own_is_kept():
    own = '<w:rPr><w:sz w:val="16"/></w:rPr>'

    xml = converted(cell(properties=own), style("Normal", "28", default="1"))

    assert xml.count("<w:sz ") == 1
    assert '"16"' in xml


def test_styles_in_a_circle_and_text_outside_tables_are_left_alone():
    circle = (style("A", based_on="B"), style("B", based_on="A"))
    outside = '<w:p><w:pPr><w:pStyle w:val="C"/></w:pPr><w:r><w:t>y</w:t></w:r></w:p>'

    assert "<w:sz " not in converted(cell("A") + outside, *circle, style("C", "20"))
