"""Paragraphs, cells, fields, sections, headers: read in order, with their places."""

import pytest

from ooxml.package import open_package
from ooxml.reading import read_document
from tests.support.word_packages import W, content_types, parts_of, relationships, zipped

_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_ML = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def read(body, **parts):
    return read_document(open_package(package(body, **parts)))


def package(body, **parts):
    types = [
        (f"word/{name}.xml", f"{_ML}.{name.rstrip('123')}+xml")
        for name in (*parts, "header2", "settings", "endnotes")
    ]
    targets = [(name.rstrip("123"), f"{name}.xml") for name in parts]
    return zipped(
        {
            **parts_of(),
            "[Content_Types].xml": content_types(*types),
            "word/_rels/document.xml.rels": relationships(*targets),
            "word/document.xml": (
                f"<w:document {W} {_R} {_MC}><w:body>{body}</w:body></w:document>"
            ),
            **{f"word/{name}.xml": xml for name, xml in parts.items()},
        }
    )


def p(*texts, properties=""):
    runs = "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in texts)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def tbl(*rows, properties="", cell=""):
    body = "".join(
        f"<w:tr>{''.join(f'<w:tc>{cell}{content}</w:tc>' for content in row)}</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{body}</w:tbl>"


def hdr(content):
    return f"<w:hdr {W}>{content}</w:hdr>"


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs]


def test_text_is_what_is_seen():
    body = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>'
        "<w:r><w:t>a</w:t><w:tab/><w:br/><w:noBreakHyphen/></w:r>"
        '<w:r><w:br w:type="page"/><w:rPr><w:vanish/></w:rPr></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
        "<w:r><w:rPr><w:caps/></w:rPr><w:t>hoa</w:t></w:r>"
        "<w:del><w:r><w:delText>x</w:delText><w:t>x</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>b</w:t></w:r></w:ins>"
        "<w:hyperlink><w:r><w:t>c</w:t></w:r></w:hyperlink><!-- chú thích --></w:p>"
    )

    (found,) = read(body).paragraphs

    assert found.text == "a\t\n-HOAbc"
    assert (found.part, found.section, found.cell) == ("word/document.xml", 0, None)


def test_cells_are_counted_from_1_and_a_table_in_a_table_knows_its_outer_cell():
    inner = tbl([p("trong")])
    document = read(tbl([p("a"), p("b")], [p("c"), inner + p("d")]) + p("ngoài") + tbl([p("e")]))

    places = {
        it.text: it.cell and (it.cell.table, it.cell.row, it.cell.column)
        for it in document.paragraphs
    }

    assert places == {
        "a": (1, 1, 1), "b": (1, 1, 2), "c": (1, 2, 1), "trong": (2, 1, 1), "d": (1, 2, 2),
        "ngoài": None, "e": (3, 1, 1),
    }  # fmt: skip
    nested = document.paragraphs[3].cell
    assert (nested.outermost.table, nested.outermost.row, nested.outermost.column) == (1, 2, 2)
    assert document.paragraphs[0].cell.outermost == document.paragraphs[0].cell


@pytest.mark.parametrize(
    ("properties", "cell", "bordered"),
    [
        ("", "", False),
        ('<w:tblBorders><w:top w:val="single"/></w:tblBorders>', "", True),
        ('<w:tblBorders><w:top w:val="none"/></w:tblBorders>', "", False),
        ('<w:tblStyle w:val="Grid"/>', "", True),
        ('<w:tblStyle w:val="Own"/>', "", True),
        ('<w:tblStyle w:val="gone"/>', "", False),
        ('<w:tblStyle w:val="Grid"/><w:tblBorders/>', "", False),
        ("", '<w:left w:val="single"/>', True),
        (
            '<w:tblStyle w:val="Grid"/>',
            "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right")),
            False,
        ),
        ('<w:tblStyle w:val="Grid"/>', '<w:top w:val="nil"/>', True),
    ],
)
def test_lines_of_a_table_come_from_its_style_itself_or_its_cells(properties, cell, bordered):
    styles = (
        f'<w:styles {W}><w:style w:type="table" w:styleId="Grid"><w:tblPr><w:tblBorders>'
        '<w:top w:val="single"/></w:tblBorders></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="Own"><w:basedOn w:val="Grid"/></w:style></w:styles>'
    )
    borders = f"<w:tcPr><w:tcBorders>{cell}</w:tcBorders></w:tcPr>" if cell else ""
    body = tbl([p("a")], properties=properties, cell=borders)

    assert read(body, styles=styles).paragraphs[0].cell.is_bordered is bordered


def test_a_cell_may_have_a_line_below():
    below = '<w:tcPr><w:tcBorders><w:bottom w:val="single"/></w:tcBorders></w:tcPr>'

    assert read(tbl([p("a")], cell=below)).paragraphs[0].cell.has_border_below
    assert not read(tbl([p("a")])).paragraphs[0].cell.has_border_below


def test_content_controls_are_told_around_cells_paragraphs_and_runs():
    def sdt(tag, content):
        pr = f'<w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr>' if tag else ""
        return f"<w:sdt>{pr}<w:sdtContent>{content}</w:sdtContent></w:sdt>"

    run = "<w:r><w:t>c</w:t></w:r>"
    cell = f"<w:tc>{p('d')}</w:tc>"
    table = f"<w:tbl><w:tr>{sdt('o', cell)}{sdt('', f'<w:tc>{p()}</w:tc>')}</w:tr></w:tbl>"
    body = sdt("a", p("x") + f"<w:p>{sdt('b', run)}</w:p>") + sdt("t", table) + p("z")

    found = [it.controls for it in read(body).paragraphs]

    assert found == [("a",), ("a", "b"), ("t", "o"), ("t",), ()]


def test_fields_are_told_with_what_stands_before_them():
    body = (
        "<w:p><w:r><w:t>Trang </w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> pa</w:instrText></w:r>'
        "<w:r><w:rPr><w:b/></w:rPr><w:instrText>ge \\* X</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:rPr><w:i/></w:rPr><w:t>9</w:t></w:r>'
        "</w:fldSimple><w:fldSimple/></w:p>"
    )

    (found,) = read(body).paragraphs

    assert found.text == "Trang 29"
    assert [(it.name, it.text_before) for it in found.fields] == [
        ("PAGE", "Trang "),
        ("NUMPAGES", "Trang 2"),
        ("", "Trang 29"),
    ]
    assert found.fields[1].look.is_italic


@pytest.mark.parametrize("stray", ["end", "separate", "begin", "x"])
def test_half_a_field_is_read_as_far_as_it_goes(stray):
    body = (
        f'<w:p><w:r><w:fldChar w:fldCharType="{stray}"/></w:r>'
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )

    (found,) = read(body).paragraphs

    assert [it.name for it in found.fields] == (["PAGE"] if stray == "begin" else [])


def test_text_boxes_are_read_once_after_the_paragraph_they_hang_on():
    box = f"<w:txbxContent>{p('trong khung')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>ngoài</w:t><mc:AlternateContent><mc:Choice>"
        f"<w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

    document = read(body)

    assert texts(document) == ["ngoài", "trong khung"]
    assert [it.is_in_text_box for it in document.paragraphs] == [False, True]


def test_a_box_in_a_box_is_read_once():
    inner = f"<w:r><w:pict><w:txbxContent>{p('trong')}</w:txbxContent></w:pict></w:r>"
    outer = f"<w:txbxContent><w:p>{inner}</w:p></w:txbxContent>"

    assert texts(read(f"<w:p><w:r><w:pict>{outer}</w:pict></w:r></w:p>")) == ["", "", "trong"]


@pytest.mark.parametrize(
    ("drawing", "is_line"),
    [
        ('<a:prstGeom xmlns:a="urn:a" prst="line"/>', True),
        ('<a:prstGeom xmlns:a="urn:a" prst="straightConnector1"/>', True),
        ('<a:prstGeom xmlns:a="urn:a" prst="rect"/>', False),
        ('<v:line xmlns:v="urn:v"/>', True),
        ('<v:shape xmlns:v="urn:v" type="#_x0000_t32"/>', True),
        ('<v:shape xmlns:v="urn:v" type="#_x0000_t75"/>', False),
        ("<!-- gì đó -->", False),
    ],
)
def test_drawn_lines_are_known_old_and_new(drawing, is_line):
    body = f"<w:p><w:r><w:pict>{drawing}</w:pict></w:r></w:p>"

    assert read(body).paragraphs[0].has_drawn_line is is_line


def test_a_section_ends_with_its_paragraph_and_states_its_page():
    first = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:bottom="1135" '
        'w:left="1701" w:right="850"/><w:pgNumType w:start="1" w:fmt="lowerRoman"/><w:titlePg/>'
        "</w:sectPr>"
    )
    last = '<w:sectPr><w:type w:val="continuous"/><w:pgSz w:w="16838" w:h="11906"/></w:sectPr>'

    document = read(p("a") + p("b", properties=first) + p("c") + last)

    assert [(it.text, it.section) for it in document.paragraphs] == [("a", 0), ("b", 0), ("c", 1)]
    one, two = document.sections
    assert (one.width, one.height, one.top, one.bottom, one.left, one.right) == (
        11906, 16838, 1134, 1135, 1701, 850,
    )  # fmt: skip
    assert (one.begins, one.has_title_page, one.is_landscape) == ("nextPage", True, False)
    assert (one.first_page_number, one.page_number_format) == (1, "lowerRoman")
    assert (two.number, two.begins, two.has_title_page) == (1, "continuous", False)
    assert (two.is_landscape, two.top, two.first_page_number) == (True, None, None)


def test_a_document_without_section_properties_has_one_section_that_says_nothing():
    (section,) = read(p("a")).sections

    assert (section.width, section.is_landscape, dict(section.headers)) == (None, False, {})


def test_a_section_that_names_no_header_has_that_of_the_section_before():
    def reference(kind, relation, side="header"):
        return f'<w:{side}Reference w:type="{kind}" r:id="{relation}"/>'

    first = reference("default", "r0") + reference("first", "r1") + reference("even", "gone")
    first += reference("default", "r2", "footer") + reference("even", "r0", "footer")
    second = reference("default", "r1")
    body = p(properties=f"<w:sectPr>{first}</w:sectPr>") + f"<w:sectPr>{second}</w:sectPr>"

    document = read(
        body,
        header1=hdr(p("một")),
        header2=hdr(p("hai")),
        footer1=f"<w:ftr {W}>{p('chân')}</w:ftr>",
    )

    def shown(bands):
        return {kind: [it.text for it in band] for kind, band in bands.items()}

    one, two = document.sections
    assert shown(one.headers) == {"default": ["một"], "first": ["hai"]}
    assert shown(two.headers) == {"default": ["hai"], "first": ["hai"]}
    assert shown(one.footers) == shown(two.footers) == {"default": ["chân"]}
    assert [it.text for it in document.every_paragraph()] == ["", "một", "hai", "chân"]


def test_notes_and_settings_are_read():
    document = read(
        p("a"),
        footnotes=f"<w:footnotes {W}><w:footnote>{p('chú')}</w:footnote></w:footnotes>",
        settings=f"<w:settings {W}><w:evenAndOddHeaders/></w:settings>",
    )

    assert [it.text for it in document.notes] == ["chú"]
    assert [it.text for it in document.every_paragraph()] == ["a", "chú"]
    assert document.has_even_headers
    assert not read(p("a")).has_even_headers


def test_a_relationship_to_nowhere_is_none():
    data = zipped(
        {
            **parts_of(p("a")),
            "word/_rels/document.xml.rels": relationships(("theme", "../gone/theme1.xml")),
        }
    )

    assert texts(read_document(open_package(data))) == ["a"]


def test_tables_as_deep_as_a_package_may_hold_are_read():
    nested = p("đáy")
    for _ in range(60):
        nested = f"<w:tbl><w:tr><w:tc>{nested}</w:tc></w:tr></w:tbl>"

    (found,) = read(nested).paragraphs

    assert (found.text, found.cell.table, found.cell.outermost.table) == ("đáy", 60, 1)


def test_controls_as_deep_as_a_package_may_hold_are_read():
    nested = p("đáy")
    for _ in range(90):
        nested = f"<w:sdt><w:sdtContent>{nested}</w:sdtContent></w:sdt>"

    assert texts(read(nested)) == ["đáy"]


def test_a_package_without_relationships_is_read():
    parts = parts_of(p("a"))
    del parts["word/_rels/document.xml.rels"]

    assert texts(read_document(open_package(zipped(parts)))) == ["a"]
