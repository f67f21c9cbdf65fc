"""What styles, themes, lists and direct formatting together make of text."""

from decimal import Decimal

import pytest

from ooxml.looks import CharacterLook, ParagraphLook
from ooxml.measures import half_points, number, twips
from ooxml.package import open_package
from ooxml.reading import read_document
from tests.support.word_packages import W, content_types, parts_of, relationships, zipped

_ML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
THEME = (
    f"<a:theme {_A}><a:themeElements><a:fontScheme><a:majorFont><a:latin typeface='Cambria'/>"
    "</a:majorFont><a:minorFont><a:latin typeface='Calibri'/><a:cs typeface=''/></a:minorFont>"
    "</a:fontScheme></a:themeElements></a:theme>"
)
NUMBERING = (
    f"<w:numbering {W}>"
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:pPr><w:ind w:left="720" '
    'w:hanging="360"/></w:pPr></w:lvl><w:lvl w:ilvl="1"><w:pPr><w:ind w:left="1440"/></w:pPr>'
    '</w:lvl><w:lvl w:ilvl="x"/></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"/>'
    '<w:num w:numId="many"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
)


def read(body, styles="", **parts):
    types = [(f"word/{name}.xml", f"{_ML}.{name}+xml") for name in ("styles", "numbering")]
    files = {"styles": f"<w:styles {W}>{styles}</w:styles>", **parts}
    package = {
        **parts_of(body),
        "[Content_Types].xml": content_types(*types),
        "word/_rels/document.xml.rels": relationships(*((name, f"{name}.xml") for name in files)),
        **{f"word/{name}.xml": xml for name, xml in files.items()},
    }
    return read_document(open_package(zipped(package)))


def paragraph(text="chữ", run="", properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def style(style_id, inside="", kind="paragraph", more=""):
    return f'<w:style w:type="{kind}" w:styleId="{style_id}" {more}>{inside}</w:style>'


def defaults(run="", paragraph=""):
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{paragraph}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def character(body, styles="", **parts):
    return read(body, styles, **parts).paragraphs[-1].runs[0].look


def test_a_document_that_states_nothing_looks_as_word_makes_it():
    document = read(paragraph())

    assert document.paragraphs[0].runs[0].look == CharacterLook()
    assert document.paragraphs[0].look == ParagraphLook()


def test_direct_formatting_goes_before_styles_and_styles_before_defaults():
    styles = (
        defaults('<w:sz w:val="20"/><w:color w:val="111111"/><w:u w:val="single"/>')
        + style("base", '<w:rPr><w:sz w:val="22"/><w:color w:val="222222"/></w:rPr>')
        + style("own", '<w:basedOn w:val="base"/><w:rPr><w:sz w:val="24"/></w:rPr>')
        + style("loud", '<w:rPr><w:color w:val="00ff00"/></w:rPr>', "character")
    )
    in_style = '<w:pStyle w:val="own"/>'

    plain = character(paragraph(properties=in_style), styles)
    loud = character(paragraph(run='<w:rStyle w:val="loud"/>', properties=in_style), styles)
    direct = character(paragraph(run='<w:sz w:val="30"/><w:color w:val="auto"/>'), styles)

    assert (plain.half_points, plain.colour, plain.underline) == (24, "222222", "single")
    assert plain.size_pt == Decimal(12)
    assert loud.colour == "00FF00"
    assert (direct.half_points, direct.colour) == (30, "auto")


@pytest.mark.parametrize(
    ("in_paragraph", "in_character", "direct", "bold"),
    [
        ("<w:b/>", "", "", True),
        ("<w:b/>", "<w:b/>", "", False),
        ("<w:b/>", '<w:b w:val="0"/>', "", True),
        ("<w:b/>", "<w:b/>", "<w:b/>", True),
        ("<w:b/>", "", '<w:b w:val="false"/>', False),
        ("", "", "", False),
    ],
)
def test_two_styles_that_both_say_bold_cancel_out_and_direct_formatting_is_final(
    in_paragraph, in_character, direct, bold
):
    styles = style("p", f"<w:rPr>{in_paragraph}</w:rPr>")
    styles += style("c", f"<w:rPr>{in_character}</w:rPr>", "character")
    body = paragraph(run=f'<w:rStyle w:val="c"/>{direct}', properties='<w:pStyle w:val="p"/>')

    assert character(body, styles).is_bold is bold


def test_bold_by_default_is_never_cancelled():
    styles = defaults("<w:b/>") + style("p", "<w:rPr><w:b/></w:rPr>")
    styles += style("c", "<w:rPr><w:b/></w:rPr>", "character")

    look = character(
        paragraph(run='<w:rStyle w:val="c"/>', properties='<w:pStyle w:val="p"/>'), styles
    )

    assert look.is_bold


@pytest.mark.parametrize(
    ("fonts", "ascii_font", "high_ansi_font"),
    [
        ('<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="majorHAnsi"/>', "Calibri", "Cambria"),
        ('<w:rFonts w:asciiTheme="minorAscii" w:ascii="A" w:hAnsi="Arial"/>', "Calibri", "Arial"),
        ('<w:rFonts w:asciiTheme="unknown" w:ascii="Arial"/>', "Arial", "Times New Roman"),
        ('<w:rFonts w:cstheme="minorBidi"/>', "Times New Roman", "Times New Roman"),
    ],
)  # fmt: skip
def test_fonts_of_the_theme_are_named(fonts, ascii_font, high_ansi_font):
    look = character(paragraph(run=fonts), theme=THEME)

    assert (look.ascii_font, look.high_ansi_font) == (ascii_font, high_ansi_font)


def test_a_font_of_the_theme_gives_way_to_one_named_nearer():
    styles = defaults('<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>')
    near = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>'

    assert character(paragraph(), styles, theme=THEME).ascii_font == "Calibri"
    assert character(paragraph(run=near), styles, theme=THEME).ascii_font == "Times New Roman"


def test_without_a_theme_its_names_say_nothing():
    fonts = '<w:rFonts w:asciiTheme="minorHAnsi"/>'

    assert character(paragraph(run=fonts)).ascii_font == "Times New Roman"


def test_letters_with_diacritics_are_set_in_a_font_of_their_own():
    look = CharacterLook(ascii_font="Arial", high_ansi_font="Cambria")

    assert look.fonts_for("an") == ("Arial",)
    assert look.fonts_for("ệ") == ("Cambria",)
    assert look.fonts_for("Việt") == ("Arial", "Cambria")
    assert look.fonts_for(" \n") == ()


def test_a_paragraph_takes_each_setting_from_the_nearest_that_states_it():
    styles = (
        defaults(paragraph='<w:spacing w:after="160" w:line="259" w:lineRule="auto"/>')
        + style("Normal", '<w:pPr><w:jc w:val="both"/></w:pPr>', more='w:default="1"')
        + style(
            "own",
            '<w:basedOn w:val="Normal"/><w:pPr><w:ind w:start="10" w:end="20" w:firstLine="720"/>'
            "<w:keepNext/><w:contextualSpacing/></w:pPr>",
        )
    )
    body = paragraph(
        properties='<w:pStyle w:val="own"/><w:spacing w:before="60"/><w:ind w:hanging="30"/>'
        '<w:pBdr><w:top w:val="single"/><w:bottom w:val="nil"/></w:pBdr>'
        '<w:tabs><w:tab w:val="center" w:pos="4680"/></w:tabs>'
    )

    found = read(body, styles).paragraphs[0]

    assert (found.style, found.style_name) == ("own", "")
    assert found.look == ParagraphLook(
        alignment="both", left=10, right=20, first_line=-30, before=60, after=160, line=259,
        keeps_with_next=True, drops_gap_between_alike=True, has_border_above=True,
        has_centre_tab=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "meant"),
    [("start", "left"), ("end", "right"), ("both", "both"), ("center", "center")],
)
def test_alignments_have_one_name_each(written, meant):
    body = paragraph(properties=f'<w:jc w:val="{written}"/>')

    assert read(body).paragraphs[0].look.alignment == meant


def test_a_frame_across_the_page_aligns_what_is_in_it():
    body = paragraph(properties='<w:framePr w:xAlign="center"/><w:jc w:val="left"/>')

    assert read(body).paragraphs[0].look.alignment == "center"


@pytest.mark.parametrize(
    ("properties", "left", "first_line"),
    [
        ('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>', 720, -360),
        ('<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>', 1440, 0),
        ('<w:numPr><w:numId w:val="1"/></w:numPr><w:ind w:left="0"/>', 0, -360),
        ('<w:pStyle w:val="listed"/>', 100, -360),
        ('<w:pStyle w:val="listed"/><w:numPr><w:numId w:val="1"/></w:numPr>', 720, -360),
        ('<w:numPr><w:numId w:val="2"/></w:numPr>', 0, 0),
        ('<w:numPr><w:numId w:val="9"/></w:numPr>', 0, 0),
    ],
)
def test_a_list_indents_its_items_below_whoever_asked_for_it(properties, left, first_line):
    styles = style(
        "listed",
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:ind w:left="100"/></w:pPr>',
    )

    look = read(paragraph(properties=properties), styles, numbering=NUMBERING).paragraphs[0].look

    assert look.is_list_item
    assert (look.left, look.first_line) == (left, first_line)


def test_list_0_is_no_list():
    body = paragraph(properties='<w:numPr><w:numId w:val="0"/></w:numPr>')

    assert not read(body, numbering=NUMBERING).paragraphs[0].look.is_list_item


def test_the_style_of_a_table_stands_below_those_of_its_text():
    styles = (
        style("T", '<w:pPr><w:jc w:val="right"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr>', "table")
        + style("N", more='w:default="1"')
        + style("D", "<w:rPr><w:i/></w:rPr>", "table", 'w:default="1"')
    )
    table = "<w:tbl><w:tblPr>{}</w:tblPr><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
    named = table.format('<w:tblStyle w:val="T"/>', paragraph())
    unnamed = table.format("", paragraph())

    one, other, outside = read(named + unnamed + paragraph(), styles).paragraphs

    assert (one.look.alignment, one.runs[0].look.half_points) == ("right", 18)
    assert other.runs[0].look.is_italic
    assert not outside.runs[0].look.is_italic


def test_the_styles_in_use_are_listed_with_the_default_one():
    styles = style("N", '<w:name w:val="Normal"/>', more='w:default="1"') + style("unused")
    styles += style("q", '<w:name w:val="Dẫn"/><w:rPr><w:b/></w:rPr>')

    found = read(paragraph(properties='<w:pStyle w:val="q"/>'), styles).styles

    assert [(it.style_id, it.name, it.look.is_bold) for it in found] == [
        ("N", "Normal", False),
        ("q", "Dẫn", True),
    ]


@pytest.mark.parametrize("based_on", ["a", "b", "gone"])
def test_a_circle_or_a_gap_in_the_chain_of_styles_ends_it(based_on):
    styles = style("a", f'<w:basedOn w:val="{based_on}"/><w:rPr><w:sz w:val="26"/></w:rPr>')
    styles += style("b", '<w:basedOn w:val="a"/>')

    look = character(paragraph(properties='<w:pStyle w:val="b"/>'), styles)

    assert look.half_points == 26


def test_a_style_that_does_not_exist_is_the_default_one():
    styles = style("N", '<w:rPr><w:sz w:val="26"/></w:rPr>', more='w:default="1"')

    found = read(paragraph(properties='<w:pStyle w:val="gone"/>'), styles).paragraphs[0]

    assert (found.style, found.runs[0].look.half_points) == ("N", 26)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("720", 720), ("-15", -15), ("1cm", 567), ("25.4mm", 1440), ("1in", 1440), ("12pt", 240),
        ("1pc", 240), ("12.6", 13), ("", None), (None, None), ("wide", None), ("1e9", None),
        ("9" * 30, None), ("12 pt x", None),
    ],
)  # fmt: skip
def test_lengths_are_twips_or_carry_a_unit(text, length):
    assert twips(text) == length


def test_sizes_are_half_points_or_carry_a_unit():
    assert (half_points("26"), half_points("13pt"), number("3")) == (26, 26, 3)
