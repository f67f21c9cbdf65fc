"""Which documents may be cut, and what a piece holds; no LibreOffice is needed to know."""

import pytest

from ooxml.package import open_package
from ooxml.xml import parse_xml, w
from services.assembler.rendering.pdf.splitting.pieces import LongDocument, Place, header_count
from services.assembler.rendering.pdf.splitting.safety import (
    Indivisible,
    check_may_be_cut,
    may_begin_page,
)
from tests.support.word_packages import W, document_xml, paragraph, word_file

HEADER = "<w:tblHeader/>"
END = "<w:sectPr/>"


def row(text, properties="", cell=""):
    held = f"<w:tc><w:tcPr>{cell}</w:tcPr>{paragraph(text)}</w:tc>"
    return f"<w:tr><w:trPr>{properties}</w:trPr>{held}</w:tr>"


def table(*rows, properties=""):
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid/>{''.join(rows)}</w:tbl>"


def rows(count):
    return [row(f"row {n}") for n in range(count)]


def section(inner=""):
    return f"<w:p><w:pPr><w:sectPr>{inner}</w:sectPr></w:pPr></w:p>"


def document(body):
    return LongDocument(parse_xml(document_xml(body).encode()), long_rows=4)


def text_of(root):
    return [t.text for t in root.iter(w("t"))]


def obstacle(body, **parts):
    package = open_package(word_file(body + END, **parts))
    taken_apart = LongDocument(package.tree("word/document.xml"), long_rows=4)
    try:
        check_may_be_cut(package, taken_apart, next(taken_apart.long_tables()))
    except Indivisible as exc:
        return str(exc)
    return ""


LONG = table(row("head", HEADER), *rows(6))
NUMBERED = "<w:p><w:pPr><w:numPr/></w:pPr></w:p>"
STYLED = '<w:p><w:pPr><w:pStyle w:val="Child"/></w:pPr></w:p>'
STYLES = (
    f'<w:styles {W}><w:style w:styleId="Parent"><w:pPr><w:numPr/></w:pPr></w:style>'
    '<w:style w:styleId="Child"><w:basedOn w:val="Parent"/></w:style></w:styles>'
)
SIDES = f"<w:settings {W}><w:evenAndOddHeaders/></w:settings>"
PAGES = f'<w:hdr {W}><w:p><w:fldSimple w:instr=" NUMPAGES "/></w:p></w:hdr>'
PAGE = f'<w:hdr {W}><w:p><w:fldSimple w:instr=" PAGE \\* MERGEFORMAT "/></w:p></w:hdr>'


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (LONG, {}),
        (NUMBERED + LONG, {}),
        (LONG, {"header1": PAGE}),
        (paragraph("x") + section('<w:type w:val="nextPage"/>') + LONG, {}),
        (LONG + STYLED, {}),
    ],
)
def test_a_plain_table_may_be_cut(body, parts):
    assert obstacle(body, **parts) == ""


@pytest.mark.parametrize(
    ("body", "parts", "expected"),
    [
        (LONG + "<w:p><w:r><w:footnoteReference/></w:r></w:p>", {}, "notes"),
        (LONG, {"header1": PAGES}, "a field"),
        ("<w:p><w:r><w:instrText>SEQ bảng</w:instrText></w:r></w:p>" + LONG, {}, "a field"),
        ('<w:p><w:hyperlink w:anchor="there"/></w:p>' + LONG, {}, "link"),
        ('<w:p><w:bookmarkStart w:name="thiduarowx"/></w:p>' + LONG, {}, "a mark like ours"),
        (LONG, {"settings": SIDES}, "facing pages"),
        (section('<w:type w:val="continuous"/>') + LONG, {}, "a kind of section"),
        (section('<w:cols w:num="2"/>') + LONG, {}, "a kind of section"),
        (LONG + NUMBERED, {}, "automatic numbers"),
        (LONG + STYLED, {"styles": STYLES}, "automatic numbers"),
        (table(*rows(6), row("x", cell=""), properties="<w:tblpPr/>"), {}, "a table"),
        (table(*[row("head", HEADER) for _ in range(6)]), {}, "a table"),
        (
            LONG + table(*rows(5), f"<w:tr><w:tc>{table(*rows(1))}<w:p/></w:tc></w:tr>"),
            {},
            "a table",
        ),
    ],
)
def test_what_counts_or_refers_over_pages_forbids_cutting(body, parts, expected):
    assert expected in obstacle(body, **parts)


def test_a_piece_within_a_table_repeats_its_header_rows():
    whole = document(
        paragraph("before") + table(row("head", HEADER), *rows(6)) + paragraph("after")
    )

    piece = whole.piece(Place(1, 4), 7, None)

    assert text_of(piece) == ["head", "row 3", "row 4", "row 5", "after"]


def test_a_piece_up_to_a_row_ends_there():
    whole = document(paragraph("before") + LONG + paragraph("after"))

    piece = whole.piece(Place(0), None, Place(1, 3))

    assert text_of(piece) == ["before", "head", "row 0", "row 1"]


def test_a_piece_says_its_page_number_and_is_no_first_page():
    title = '<w:sectPr><w:pgSz w:w="1"/><w:titlePg/></w:sectPr>'
    whole = document(LONG + section("<w:titlePg/>") + paragraph("after") + title)

    first, last = whole.piece(Place(0, 3), 12, None).iter(w("sectPr"))

    assert first.find(w("pgNumType")).get(w("start")) == "12"
    assert first.find(w("titlePg")) is None
    assert last.find(w("titlePg")) is not None


@pytest.mark.parametrize("start", ["", "x", "²", "-1", "9" * 5_000])
def test_what_is_no_page_number_is_none(start):
    cut = document(section(f'<w:pgNumType w:start="{start}"/>') + LONG + END)

    assert cut.sections[0].first_number is None


def test_a_cell_without_a_paragraph_has_no_mark_at_its_end():
    empty = "<w:tr><w:tc/></w:tr>"
    cut = document(table(row("head", HEADER), empty, *rows(6)) + END)

    piece = cut.piece(Place(0), None, Place(0, 3))

    names = [start.get(w("name")) for start in piece.iter(w("bookmarkStart"))]
    assert [name for name in names if name.startswith("thiduaend")] == [
        "thiduaend0x0",
        "thiduaend2x0",
    ]


def test_a_section_takes_the_headers_of_the_one_before():
    reference = '<w:headerReference w:type="default"/>'
    whole = document(section(reference) + LONG + "<w:sectPr><w:titlePg/></w:sectPr>")

    piece = whole.piece(Place(1, 3), 2, None)

    assert piece.find(f".//{w('sectPr')}/{w('headerReference')}") is not None


def test_rows_of_a_table_that_is_cut_are_marked_and_no_others():
    whole = document(table(*rows(2)) + LONG)

    names = [
        mark.get(w("name"))
        for mark in whole.piece(Place(0), None, Place(1, 2)).iter(w("bookmarkStart"))
    ]

    assert [name for name in names if "row" in name] == ["thiduarow0", "thiduarow1"]


def test_the_document_itself_is_not_changed_by_its_pieces():
    whole = document(paragraph("before") + LONG)
    before = [len(block) for block in whole.blocks]

    whole.piece(Place(1, 2), 5, Place(1, 4))

    assert [len(block) for block in whole.blocks] == before
    assert next(whole.blocks[1].iter(w("bookmarkStart")), None) is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("", True), ('<w:vMerge w:val="restart"/>', True), ("<w:vMerge/>", False)],
)
def test_no_page_of_a_piece_begins_with_a_cell_that_goes_on(cell, expected):
    element = parse_xml(document_xml(table(row("x", cell=cell))).encode()).find(f".//{w('tr')}")

    assert may_begin_page(element) is expected


def test_only_the_first_rows_can_be_header_rows():
    first = parse_xml(
        document_xml(table(row("a", HEADER), row("b", HEADER), row("c"), row("d", HEADER))).encode()
    )
    off = parse_xml(document_xml(table(row("a", '<w:tblHeader w:val="0"/>'))).encode())

    assert header_count(first.findall(f".//{w('tr')}")) == 2
    assert header_count(off.findall(f".//{w('tr')}")) == 0
