import pytest

from ooxml.content_controls import MissingControls, stamp, tags, unwrapped
from ooxml.package import open_package, save
from ooxml.text import plain_text
from tests.support.word_packages import W, paragraph, part_of, word_file

BOLD = "<w:rPr><w:b/><w:sz w:val='26'/></w:rPr>"


def control(tag: str, content: str, properties: str = "") -> str:
    head = f'<w:sdtPr><w:tag w:val="{tag}"/>{properties}</w:sdtPr>'
    return f"<w:sdt>{head}<w:sdtContent>{content}</w:sdtContent></w:sdt>"


def inline(tag: str, text: str, formatting: str = BOLD, properties: str = "") -> str:
    return control(tag, f"<w:r>{formatting}<w:t>{text}</w:t></w:r>", properties)


def test_controls_are_read_from_body_header_and_footer():
    data = word_file(
        f"<w:p>{inline('number', '…')}</w:p>{control('date', paragraph('ngày …'))}",
        header1=f"<w:hdr {W}><w:p>{inline('number', 'đầu')}</w:p></w:hdr>",
        footer1=f"<w:ftr {W}><w:p>{inline('secret', '')}</w:p></w:ftr>",
    )

    assert tags(data) == {"number": ["đầu", "…"], "date": ["ngày …"], "secret": [""]}


def test_a_stamped_number_keeps_its_formatting_and_its_surroundings():
    data = word_file(f"<w:p><w:r><w:t>Số: </w:t></w:r>{inline('number', '…')}</w:p>")

    stamped = stamp(data, {"number": "12/QĐ-UBND"})

    assert plain_text(stamped) == "Số: 12/QĐ-UBND"
    assert '<w:rPr><w:b/><w:sz w:val="26"/></w:rPr><w:t xml:space' in part_of(stamped)
    assert tags(stamped) == {"number": ["12/QĐ-UBND"]}


def test_every_occurrence_in_every_part_is_stamped():
    footer = f"<w:ftr {W}><w:p>{inline('number', '…')}</w:p></w:ftr>"
    body = f"<w:p>{inline('number', '…')} {inline('number', '…')}</w:p>"

    stamped = stamp(word_file(body, footer1=footer), {"number": "7"})

    assert tags(stamped) == {"number": ["7", "7", "7"]}


def test_several_runs_become_one():
    content = f"<w:r>{BOLD}<w:t>a</w:t></w:r><w:r><w:t>b</w:t></w:r>"

    stamped = stamp(word_file(f"<w:p>{control('x', content)}</w:p>"), {"x": "một"})

    assert part_of(stamped).count("<w:r>") == 1


def test_a_block_control_keeps_its_paragraph_and_loses_the_others():
    content = f'<w:p><w:pPr><w:jc w:val="right"/></w:pPr></w:p>{paragraph("b")}{paragraph("c")}'

    stamped = stamp(word_file(control("date", content)), {"date": "Ngày 1\nNơi"})

    assert plain_text(stamped) == "Ngày 1\nNơi"
    assert part_of(stamped).count("<w:p>") == 1
    assert '<w:jc w:val="right"/>' in part_of(stamped)


def test_a_control_around_a_cell_leaves_the_table_whole():
    cell = f"<w:tc><w:tcPr/>{paragraph('cũ')}</w:tc>"
    row = f"<w:tbl><w:tr>{cell}{control('x', cell)}</w:tr></w:tbl>"

    stamped = stamp(word_file(row + paragraph("")), {"x": "mới"})

    assert plain_text(stamped) == "cũ\tmới"
    assert part_of(stamped).count("<w:tc>") == 2


def test_a_placeholder_becomes_real_text():
    grey = '<w:rPr><w:rStyle w:val="PlaceholderText"/><w:b/></w:rPr>'
    properties = "<w:showingPlcHdr/><w:placeholder/><w:dataBinding/><w:text/>"
    data = word_file(f"<w:p>{inline('x', 'Bấm vào đây', grey, properties)}</w:p>")

    xml = part_of(stamp(data, {"x": "y"}))

    for gone in ("PlaceholderText", "showingPlcHdr", "placeholder", "dataBinding"):
        assert gone not in xml
    assert "<w:text/>" in xml
    assert "<w:b/>" in xml


def test_an_empty_control_takes_the_formatting_of_its_properties():
    data = word_file(f"<w:p>{control('x', '', '<w:rPr><w:i/></w:rPr>')}</w:p>")

    assert '<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">y' in part_of(
        stamp(data, {"x": "y"})
    )


def test_text_is_data_and_not_markup():
    text = "<w:p> & {{ 7*7 }}\tcột"

    stamped = stamp(word_file(f"<w:p>{inline('x', '')}</w:p>"), {"x": text})

    assert plain_text(stamped) == text


def test_a_missing_control_is_named_and_nothing_is_stamped():
    with pytest.raises(MissingControls) as caught:
        stamp(word_file(f"<w:p>{inline('x', '')}</w:p>"), {"x": "1", "number": "2", "date": "3"})

    assert caught.value.tags == ("date", "number")


def test_stamping_is_deterministic_and_touches_no_other_part():
    footer = f"<w:ftr {W}><w:p   ><w:r/></w:p></w:ftr>"
    data = word_file(f"<w:p>{inline('x', '')}</w:p>", footer1=footer)

    stamped = stamp(data, {"x": "1"})

    assert stamp(data, {"x": "1"}) == stamped
    assert part_of(stamped, "word/footer1.xml") == footer


def test_unwrapping_keeps_the_content_of_nested_controls():
    inner = f"<w:p>{inline('number', '12')}<w:r><w:t>/QĐ</w:t></w:r></w:p>"
    data = word_file(control("outer", inner) + control("empty", "") + paragraph("cuối"))

    flat = save(unwrapped(open_package(data)))

    assert tags(flat) == {}
    assert "w:sdt" not in part_of(flat)
    assert plain_text(flat) == plain_text(data) == "12/QĐ\ncuối"


def test_controls_in_parts_of_another_encoding_are_found_too():
    header = f"<?xml version='1.0' encoding='UTF-16'?><w:hdr {W}>{control('h', paragraph('x'))}"
    data = word_file(header1=f"{header}</w:hdr>".encode("utf-16"))

    assert tags(data) == {"h": ["x"]}
    assert tags(save(unwrapped(open_package(data)))) == {}
