from ooxml.text import plain_text
from tests.support.word_packages import W, paragraph, word_file


def test_the_parts_come_in_reading_order():
    line = f'<w:footnote w:type="separator">{paragraph("—")}</w:footnote>'
    note = f"<w:footnote>{paragraph('chú')}</w:footnote>"
    data = word_file(
        paragraph("thân"),
        header1=f"<w:hdr {W}>{paragraph('đầu')}</w:hdr>",
        footer1=f"<w:ftr {W}>{paragraph('chân')}</w:ftr>",
        footnotes=f"<w:footnotes {W}>{line}{note}</w:footnotes>",
    )

    assert plain_text(data) == "đầu\nthân\nchú\nchân"


def test_cells_are_parted_by_tabs_and_rows_by_lines():
    def cell(*texts):
        return f"<w:tc>{''.join(map(paragraph, texts))}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell('x')}{cell('y')}</w:tr></w:tbl>"
    rows = f"<w:tr>{cell('1')}{cell('hai', 'dòng')}</w:tr><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr>"

    assert plain_text(word_file(f"<w:tbl>{rows}</w:tbl>")) == "1\thai dòng\nx\ty"


def test_breaks_and_tabs_are_kept_but_tab_stops_are_no_text():
    properties = "<w:pPr><w:tabs><w:tab w:pos='1'/></w:tabs></w:pPr>"
    run = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/></w:r>"

    assert plain_text(word_file(f"<w:p>{properties}{run}</w:p>")) == "a\tb\nc-"


def test_what_was_deleted_and_what_a_field_says_is_not_printed():
    deleted = "<w:del><w:r><w:delText>cũ</w:delText><w:t>cũ</w:t></w:r></w:del>"
    inserted = "<w:ins><w:r><w:t>mới</w:t></w:r></w:ins>"
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"

    assert plain_text(word_file(f"<w:p>{deleted}{inserted}{field}</w:p>")) == "mới"


def test_a_text_box_is_read_once():
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent>{paragraph('khung')}</w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"

    body = f"<w:p><w:r><mc:AlternateContent {mc}>{both}</mc:AlternateContent></w:r></w:p>"
    assert plain_text(word_file(body)) == "khung"
