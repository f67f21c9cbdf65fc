import re
from io import BytesIO

import pytest
from docx import Document
from docx.enum.section import WD_SECTION

from ooxml.faults import Limits
from ooxml.merging import MergeLimits, MergeTooLarge, NotMergeable, merge
from ooxml.package import DOCUMENT, open_package
from ooxml.text import plain_text
from ooxml.xml import w
from tests.support.word_packages import (
    content_types,
    paragraph,
    part_of,
    parts_of,
    relationships,
    word_file,
    zipped,
)

_ML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SECTION = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
NUMBERING = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="3"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num></w:numbering>'
)


def a_document(text, *, before="", section=SECTION, **others):
    return word_file(f"{before}{paragraph(text)}{section}", **others)


def body_of(data):
    return open_package(data).tree(DOCUMENT).find(w("body"))


def values(root, element, attribute):
    return [it.get(w(attribute)) for it in root.iter(w(element))]


def numbered_file(text):
    listed = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
    )
    parts = parts_of(f"{listed}{SECTION}", numbering=NUMBERING)
    overrides = ("word/numbering.xml", f"{_ML}.numbering+xml")
    return zipped(parts, **{"[Content_Types].xml": content_types(overrides)})


def test_documents_follow_each_other_each_on_a_page_of_its_own_counted_from_one():
    merged = merge([a_document("An"), a_document("Bình"), a_document("Chi")])

    sections = Document(BytesIO(merged)).sections
    assert plain_text(merged).split() == ["An", "Bình", "Chi"]
    assert [it.start_type for it in sections] == [WD_SECTION.NEW_PAGE] * 3
    assert [it.page_width > it.page_height for it in sections] == [True] * 3
    assert values(body_of(merged), "pgNumType", "start") == ["1", "1"]


def test_the_same_documents_give_the_same_bytes_and_one_alone_keeps_its_text():
    documents = [a_document("An"), a_document("Bình")]

    assert merge(documents) == merge(iter(documents))
    assert plain_text(merge(documents[:1])) == plain_text(documents[0])


def test_no_paragraph_is_added_where_the_last_one_can_close_the_section():
    merged = merge([a_document("An"), a_document("Bình")])

    assert len(list(body_of(merged).iter(w("p")))) == 2


def test_a_document_that_ends_in_a_table_gets_a_paragraph_that_takes_no_room():
    table = f"<w:tbl><w:tr><w:tc>{paragraph('ô')}</w:tc></w:tr></w:tbl>"
    documents = [word_file(f"{table}{SECTION}"), a_document("Bình")]

    unseen = next(it for it in body_of(merge(documents)) if it.tag == w("p"))

    assert unseen.find(f"{w('pPr')}/{w('spacing')}").get(w("line")) == "20"
    assert unseen.find(f"{w('pPr')}/{w('sectPr')}") is not None


def test_a_section_that_would_go_on_on_the_same_page_begins_a_new_one():
    section = '<w:sectPr><w:type w:val="continuous"/><w:cols w:num="2"/></w:sectPr>'
    merged = merge([a_document("An"), a_document("Bình", section=section)])

    second = body_of(merged).find(w("sectPr"))
    assert [child.tag for child in second] == [w("type"), w("pgNumType"), w("cols")]
    assert second.find(w("type")).get(w("val")) == "nextPage"


def test_a_template_that_counts_from_elsewhere_keeps_doing_so():
    section = '<w:sectPr><w:pgNumType w:start="5"/></w:sectPr>'

    merged = merge([a_document("An"), a_document("Bình", section=section)])

    assert values(body_of(merged), "pgNumType", "start") == ["5"]


def a_headed_document(text, head):
    section = '<w:sectPr><w:headerReference w:type="default" r:id="r0"/></w:sectPr>'
    body = f"{paragraph(text)}{section}"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    header = (
        '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"{paragraph(head)}</w:hdr>"
    )
    parts = parts_of(body, header1=header)
    xml = parts["word/document.xml"].replace("<w:document ", f'<w:document xmlns:r="{relation}" ')
    return zipped(parts, **{"word/document.xml": xml})


def test_headers_that_differ_stay_with_their_documents_and_equal_ones_are_kept_once():
    documents = [
        a_headed_document(text, head)
        for text, head in (("An", "Số 1"), ("Bình", "Số 2"), ("Chi", "Số 1"), ("Dung", "Số 2"))
    ]

    merged = merge(documents)

    heads = [it.header.paragraphs[0].text for it in Document(BytesIO(merged)).sections]
    assert heads == ["Số 1", "Số 2", "Số 1", "Số 2"]
    assert len(open_package(merged).parts_of_kind("header")) == 2


def test_a_document_whose_first_section_has_no_header_does_not_show_another_ones():
    headed = a_headed_document("cuối", "Tiêu đề")
    opening = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
    xml = part_of(headed).replace("<w:body>", f"<w:body>{opening}")
    document = zipped(
        {name: part_of(headed, name) for name in open_package(headed).parts},
        **{"word/document.xml": xml},
    )

    sections = Document(BytesIO(merge([document, document]))).sections

    heads = [it.header.paragraphs[0].text for it in sections]
    assert heads == ["", "Tiêu đề", "", "Tiêu đề"]


def test_lists_begin_anew_in_every_document():
    merged = merge([numbered_file("a"), numbered_file("b"), numbered_file("c")])

    used = values(body_of(merged), "numId", "val")
    numbering = open_package(merged).tree("word/numbering.xml")
    assert used == ["7", "8", "9"]
    assert values(numbering, "num", "numId") == ["7", "8", "9"]
    starts = [it.get(w("val")) for it in numbering.iter(w("startOverride"))]
    assert starts == (["3"] + ["1"] * 8) * 2


STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:style w:styleId="Muc"><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
    '</w:pPr></w:style><w:style w:styleId="Con"><w:basedOn w:val="Muc"/></w:style>'
    '<w:style w:styleId="Vong"><w:basedOn w:val="Vong"/></w:style>'
    '<w:style w:styleId="Thuong"/></w:styles>'
)


def styled_file(style, direct=""):
    body = f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:keepNext/>{direct}<w:jc/></w:pPr></w:p>'
    parts = parts_of(f"{body}{SECTION}", numbering=NUMBERING, styles=STYLES)
    types = content_types(
        ("word/numbering.xml", f"{_ML}.numbering+xml"), ("word/styles.xml", f"{_ML}.styles+xml")
    )
    return zipped(parts, **{"[Content_Types].xml": types})


@pytest.mark.parametrize("style", ["Muc", "Con"])
def test_lists_that_a_style_numbers_begin_anew_too(style):
    first, second = list(body_of(merge([styled_file(style)] * 2)).iter(w("pPr")))

    assert values(first, "numId", "val") == []
    assert [(it.tag, it.get(w("val"))) for it in second.iter(w("ilvl"), w("numId"))] == [
        (w("ilvl"), "0"),
        (w("numId"), "8"),
    ]
    assert [child.tag for child in second][:3] == [w("pStyle"), w("keepNext"), w("numPr")]


@pytest.mark.parametrize(
    ("style", "direct"),
    [
        ("Thuong", ""),
        ("Vong", ""),
        ("NoSuchStyle", ""),
        ("Muc", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
        ("Thuong", '<w:numPr><w:numId w:val="99"/></w:numPr>'),
    ],
)
def test_what_is_no_list_is_left_alone(style, direct):
    merged = merge([styled_file(style, direct)] * 2)

    numbering = open_package(merged).tree("word/numbering.xml")
    assert values(numbering, "num", "numId") == ["7"]


def test_a_list_that_starts_elsewhere_by_its_instance_starts_there_again():
    override = (
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        "</w:numbering>"
    )
    numbering = NUMBERING.replace("</w:num></w:numbering>", override)
    overrides = ("word/numbering.xml", f"{_ML}.numbering+xml")
    documents = []
    for name in ("a", "b"):
        data = numbered_file(name)
        parts = {part: part_of(data, part) for part in open_package(data).parts}
        types = {"[Content_Types].xml": content_types(overrides), "word/numbering.xml": numbering}
        documents.append(zipped({**parts, **types}))

    merged = open_package(merge(documents)).tree("word/numbering.xml")

    assert [it.get(w("val")) for it in merged.iter(w("startOverride"))][:2] == ["5", "5"]


def test_bookmarks_and_drawings_have_names_and_numbers_of_their_own():
    bookmark = '<w:bookmarkStart w:id="0" w:name="moc"/><w:bookmarkEnd w:id="0"/>'
    before = (
        f'<w:p>{bookmark}<w:fldSimple w:instr=" REF moc \\h "/>'
        '<w:hyperlink w:anchor="moc"/><w:r><w:instrText>REF moc moc2</w:instrText></w:r></w:p>'
    )
    merged = merge([a_document("An", before=before), a_document("Bình", before=before)])

    body = body_of(merged)
    assert values(body, "bookmarkStart", "name") == ["moc", "moc_2"]
    assert values(body, "bookmarkStart", "id") == values(body, "bookmarkEnd", "id") == ["0", "1"]
    assert values(body, "fldSimple", "instr") == [" REF moc \\h ", " REF moc_2 \\h "]
    assert values(body, "hyperlink", "anchor") == ["moc", "moc_2"]
    assert [it.text for it in body.iter(w("instrText"))] == ["REF moc moc2", "REF moc_2 moc2"]


def test_controls_lose_their_number_but_not_their_tag():
    control = (
        '<w:sdt><w:sdtPr><w:tag w:val="thidua.number"/><w:id w:val="5"/></w:sdtPr>'
        f"<w:sdtContent>{paragraph('……')}</w:sdtContent></w:sdt>"
    )
    documents = [a_document(text, before=control) for text in ("An", "Bình")]

    merged = body_of(merge(documents))

    assert values(merged, "tag", "val") == ["thidua.number"] * 2
    assert values(merged, "id", "val") == ["5"]


def test_documents_of_different_templates_are_refused_with_the_part_that_differs():
    settings = ("word/settings.xml", f"{_ML}.settings+xml")
    one, other = parts_of(settings="<w/>"), parts_of(settings="<x/>")
    types = {"[Content_Types].xml": content_types(settings)}

    with pytest.raises(NotMergeable) as refused:
        merge([zipped(one, **types), zipped(other, **types)])
    assert refused.value.part == "word/settings.xml"

    with pytest.raises(NotMergeable):
        merge([word_file(), zipped(one, **types)])


@pytest.mark.parametrize("note", ["footnoteReference", "endnoteReference", "commentReference"])
def test_documents_with_notes_are_refused(note):
    with pytest.raises(NotMergeable) as refused:
        merge([a_document("An", before=f'<w:p><w:r><w:{note} w:id="1"/></w:r></w:p>')])

    assert refused.value.part == note


def test_what_is_too_much_for_one_file_is_refused():
    documents = [a_document("x" * 100) for _ in range(4)]
    few = MergeLimits(documents=3)
    short = MergeLimits(package=Limits(part_bytes=1_000))

    with pytest.raises(MergeTooLarge):
        merge(documents, few)
    with pytest.raises(MergeTooLarge):
        merge(documents, short)


def test_nothing_cannot_be_merged():
    with pytest.raises(ValueError, match="nothing"):
        merge([])


def test_no_number_of_a_paragraph_is_twice():
    w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    before = f'<w:p {w14} w14:paraId="1A2B3C4D"/>'

    merged = merge([a_document("An", before=before), a_document("Bình", before=before)])

    assert re.findall("paraId", part_of(merged)) == ["paraId"]


def test_relationships_of_an_added_header_come_along():
    picture = relationships(("image", "media/image1.png"))
    documents = []
    for head in ("Số 1", "Số 2"):
        data = a_headed_document("x", head)
        parts = {name: part_of(data, name) for name in open_package(data).parts}
        documents.append(zipped(parts, **{"word/_rels/header1.xml.rels": picture}))

    parts = open_package(merge(documents)).parts

    added = [name for name in parts if name.startswith("word/_rels/merged")]
    assert [parts[name].decode() for name in added] == [picture]
