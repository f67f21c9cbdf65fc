"""A very long table is converted in pieces, and nobody can see that."""

import io
import json
from copy import deepcopy
from functools import partial

import pytest
from PIL import ImageChops
from pypdf import PdfReader

from services.assembler.rendering.docx import render
from services.assembler.rendering.pdf.fonts import FontFault, FontFinding
from services.assembler.rendering.pdf.libreoffice import LibreOffice
from tests.builders.assembler import TEMPLATES
from tests.support.pdf_pages import picture, texts
from tests.support.word_packages import W, paragraph, word_file

pytestmark = pytest.mark.libreoffice

FINE = partial(FontFinding, fault=FontFault.NONE)
NEVER = 1_000_000
PLAIN, UNBROKEN, HEADER = "", "<w:cantSplit/>", "<w:cantSplit/><w:tblHeader/>"


class CountingOffice:
    """The office of the test session, which also counts."""

    def __init__(self, office):
        self._office, self.exports = office, 0

    def export(self, source, options, budget):
        self.exports += 1
        return self._office.export(source, options, budget)


@pytest.fixture
def office(libreoffice):
    return CountingOffice(libreoffice.office())


@pytest.fixture
def both(office):
    """Return how to convert in pieces and as a whole."""

    def convert(docx, long_rows):
        in_pieces = LibreOffice(lambda: office, 120, FINE, long_rows=long_rows).convert(docx)
        exports = office.exports
        whole = LibreOffice(lambda: office, 120, FINE, long_rows=NEVER).convert(docx)
        return in_pieces, whole, exports

    return convert


def was_cut(pdf):
    """Tell whether it was put together: the structure for readers cannot be."""
    return "/StructTreeRoot" not in PdfReader(io.BytesIO(pdf.data)).root_object


def assert_same_look(one, other, *, every=1):
    assert one.pages == other.pages
    assert texts(one.data) == texts(other.data)
    for page in range(0, one.pages, every):
        difference = ImageChops.difference(picture(one.data, page), picture(other.data, page))
        assert difference.getbbox() is None, f"page {page + 1} differs"


def a_decision(rows):
    """Return the shipped decision with so many people in the last group of its annex."""
    folder = TEMPLATES / "commendation_decision"
    data = json.loads((folder / "samples" / "typical.json").read_text("utf-8"))
    last = data["commendation"]["groups"][-1]
    known = deepcopy(last["rows"])
    last["rows"] = [{**known[i % len(known)], "number": str(i + 1)} for i in range(rows)]
    return render((folder / "template.docx").read_bytes(), data)


def row(*texts, properties=UNBROKEN, first_cell=""):
    kinds = [first_cell, *[""] * len(texts)]
    cells = "".join(
        f"<w:tc><w:tcPr>{kind}</w:tcPr>{paragraph(text)}</w:tc>"
        for kind, text in zip(kinds, texts, strict=False)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def table(*rows, columns=2):
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = '<w:gridCol w:w="4500"/>' * columns
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}'
        "</w:tbl>"
    )


def section(inner="", *, is_last=False):
    """Return the end of a section, whose pages carry their number unless it says otherwise."""
    properties = f'<w:sectPr>{inner}<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    return properties if is_last else f"<w:p><w:pPr>{properties}</w:pPr></w:p>"


def a_name(n):
    return f"Người thứ {n} " + "rất dài " * (n % 7 * 4)


def numbered_rows(count, **kind):
    return [row(str(n), a_name(n), **kind) for n in range(count)]


HEADING = row("TT", "Họ và tên", properties=HEADER)
PAGE_NUMBER = (
    f"<w:hdr {W}><w:p><w:r><w:t>Trang </w:t></w:r>"
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:hdr>'
)
FIRST = "r0"  # the relationship of the header, which is the first that a small package has
SHOWN = (
    '<w:headerReference xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    f'relationships" w:type="default" r:id="{FIRST}"/>'
)


def test_an_annex_of_700_rows_looks_the_same_in_eight_pieces(both):
    document = a_decision(700)

    in_pieces, whole, exports = both(document, long_rows=200)

    assert exports == 8
    assert was_cut(in_pieces)
    assert_same_look(in_pieces, whole, every=5)


def test_the_whole_is_an_archival_pdf_as_its_pieces_are(both):
    in_pieces, whole, _ = both(a_decision(250), long_rows=100)

    assert b"<pdfaid:part>2</pdfaid:part>" in in_pieces.data
    root, other = (PdfReader(io.BytesIO(one.data)).root_object for one in (in_pieces, whole))
    assert root["/OutputIntents"][0]["/S"] == other["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert root["/Lang"] == other["/Lang"]
    assert PdfReader(io.BytesIO(in_pieces.data)).trailer["/ID"]
    assert PdfReader(io.BytesIO(in_pieces.data)).named_destinations == {}
    assert in_pieces.converter == whole.converter


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            paragraph("Mở đầu") + table(HEADING, *numbered_rows(150)) + paragraph("Kết thúc"),
            id="text before and after",
        ),
        pytest.param(table(*numbered_rows(150)) + paragraph("Hết"), id="no header row"),
        pytest.param(
            table(HEADING, row("", "Cột phụ", properties=HEADER), *numbered_rows(150)),
            id="two header rows",
        ),
        pytest.param(
            table(HEADING, *numbered_rows(150, properties=PLAIN)) + paragraph("Hết"),
            id="rows that may break over pages",
        ),
        pytest.param(
            table(HEADING, *numbered_rows(120))
            + paragraph("Giữa hai bảng")
            + table(HEADING, *numbered_rows(130)),
            id="two long tables",
        ),
    ],
)
def test_every_page_looks_as_in_one_conversion(both, body):
    header = f'{SHOWN}<w:pgNumType w:start="4"/>'
    document = word_file(body + section(header, is_last=True), header1=PAGE_NUMBER)

    in_pieces, whole, exports = both(document, long_rows=80)

    assert exports > 2
    assert was_cut(in_pieces)
    assert_same_look(in_pieces, whole)


@pytest.mark.parametrize("start", [None, 1, 8])
def test_page_numbers_and_headers_go_on_over_sections(both, start):
    """The long table's section takes its header from the one before; its first page has none."""
    numbering = "" if start is None else f'<w:pgNumType w:start="{start}"/>'
    body = (
        paragraph("Quyết định")
        + section(SHOWN)
        + paragraph("Danh sách")
        + table(HEADING, *numbered_rows(130))
        + section(f"{numbering}<w:titlePg/>")
        + paragraph("Phụ lục sau")
        + section(is_last=True)
    )

    in_pieces, whole, exports = both(word_file(body, header1=PAGE_NUMBER), long_rows=80)

    assert exports > 2
    assert was_cut(in_pieces)
    assert_same_look(in_pieces, whole)


def test_no_piece_begins_in_the_middle_of_merged_cells(both):
    def group(first):
        begun, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
        merges = [begun, *[goes_on] * 5]
        return "".join(row("Xóm", str(first + n), first_cell=one) for n, one in enumerate(merges))

    body = table(HEADING, *(group(first) for first in range(0, 240, 6)))

    in_pieces, whole, _ = both(word_file(body), long_rows=120)

    assert was_cut(in_pieces)
    assert_same_look(in_pieces, whole)


CONTINUOUS = section('<w:type w:val="continuous"/>')
NUMBER_OF_PAGES = '<w:p><w:fldSimple w:instr="NUMPAGES"><w:r><w:t>9</w:t></w:r></w:fldSimple></w:p>'


@pytest.mark.parametrize("last", [NUMBER_OF_PAGES, CONTINUOUS])
def test_what_counts_over_pages_is_converted_as_a_whole(both, last):
    document = word_file(table(HEADING, *numbered_rows(90)) + last + paragraph("Hết"))

    in_pieces, whole, exports = both(document, long_rows=40)

    assert exports == 1
    assert not was_cut(in_pieces)
    assert in_pieces.pages == whole.pages


def test_a_long_table_of_low_rows_is_cut_after_more_of_them(both):
    low = '<w:rPr><w:sz w:val="4"/></w:rPr>'
    rows = [
        f"<w:tr><w:trPr>{UNBROKEN}</w:trPr><w:tc><w:p><w:pPr>{low}</w:pPr>"
        f"<w:r>{low}<w:t>{n}</w:t></w:r></w:p></w:tc></w:tr>"
        for n in range(1_500)
    ]

    in_pieces, whole, exports = both(word_file(table(*rows, columns=1)), long_rows=200)

    assert exports > 2
    assert was_cut(in_pieces)
    assert_same_look(in_pieces, whole)
