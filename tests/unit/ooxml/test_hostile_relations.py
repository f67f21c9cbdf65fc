"""Packages that point elsewhere, carry programs, or fetch: refused whatever way they say it."""

import pytest

from ooxml.package import Fault, PackageRefused, open_package
from tests.support.word_packages import W, content_types, document_xml, parts_of, word_file, zipped

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
EXTERNAL = 'TargetMode="External"'
CODE = '<w:r><w:instrText xml:space="preserve">{}</w:instrText></w:r>'


def refused(data: bytes) -> Fault:
    with pytest.raises(PackageRefused) as caught:
        open_package(data)
    return caught.value.fault


def with_part(name: str, data: str | bytes) -> bytes:
    return zipped({**parts_of(), name: data})


def related(kind: str, target: str, mode: str = "", part: str = "document.xml") -> bytes:
    relation = f'<Relationship Id="r1" Type="{kind}" Target="{target}" {mode}/>'
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    xml = f'<Relationships xmlns="{namespace}">{relation}</Relationships>'
    return with_part(f"word/_rels/{part}.rels", xml)


@pytest.mark.parametrize("kind", ["image", "header", "footnotes", "settings", "video", "audio"])
@pytest.mark.parametrize("base", [OFFICE, STRICT])
@pytest.mark.parametrize("target", ["http://evil.example/x", "file:///etc/passwd", "//evil/x"])
def test_content_from_outside_is_refused(kind, base, target):
    assert refused(related(f"{base}/{kind}", target, EXTERNAL)) is Fault.EXTERNAL_LINK


@pytest.mark.parametrize("kind", ["oleObject", "control", "aFChunk", "subDocument", "package"])
@pytest.mark.parametrize("base", [OFFICE, STRICT])
def test_objects_are_refused_in_both_dialects(kind, base):
    assert refused(related(f"{base}/{kind}", "embeddings/x.bin")) is Fault.EMBEDDED_OBJECT


@pytest.mark.parametrize("part", ["header1.xml", "settings.xml", "footnotes.xml", "x/y.xml"])
def test_the_relations_of_every_part_are_looked_at(part):
    image = related(f"{OFFICE}/image", "http://evil.example/x", EXTERNAL, part)

    assert refused(image) is Fault.EXTERNAL_LINK


def test_a_template_attached_from_outside_is_refused():
    attached = related(f"{OFFICE}/attachedTemplate", "//evil/x.dotm", EXTERNAL, "settings.xml")

    assert refused(attached) is Fault.EXTERNAL_LINK


@pytest.mark.parametrize("mode", ['TargetMode="external"', 'TargetMode="External "'])
def test_a_mode_that_some_programs_take_for_external_is_refused(mode):
    refused(related(f"{OFFICE}/image", "http://evil.example/x", mode))


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "http://evil.example/x", "\\\\evil\\x", "../../../etc/passwd"]
)
def test_a_target_within_the_package_does_not_leave_it(target):
    refused(related(f"{OFFICE}/image", target))


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///c:/x.exe", "vbscript:x"])
def test_a_link_that_runs_something_is_refused(target):
    refused(related(f"{OFFICE}/hyperlink", target, EXTERNAL))


@pytest.mark.parametrize("target", ["https://x.vn", "http://x.vn/a?b=1#c", "mailto:a@x.vn"])
def test_a_link_to_a_page_or_an_address_is_harmless(target):
    assert open_package(related(f"{OFFICE}/hyperlink", target, EXTERNAL))


def test_parts_that_are_related_in_a_circle_are_harmless():
    assert open_package(related(f"{OFFICE}/header", "document.xml"))


@pytest.mark.parametrize("kind", ["vbaProject", "wordVbaData", "attachedToolbars"])
def test_a_macro_under_another_name_is_refused(kind):
    assert refused(related(f"{MICROSOFT}/{kind}", "x.bin")) is Fault.MACRO


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/VBAPROJECT.BIN", "x/vbaData.xml"])
def test_a_macro_in_any_place_is_refused(name):
    assert refused(with_part(name, "<x/>")) is Fault.MACRO


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_a_docm_or_dotm_under_the_name_of_a_docx_is_refused(kind):
    types = content_types(("word/document.xml", kind))

    assert refused(with_part("[Content_Types].xml", types)) is Fault.MACRO


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.openxmlformats-officedocument.oleObject",
        "application/vnd.ms-office.activeX+xml",
    ],
)
def test_an_object_by_its_type_is_refused(kind):
    parts = {**parts_of(), "word/x.bin": b"abc"}
    parts["[Content_Types].xml"] = content_types(("word/x.bin", kind))

    assert refused(zipped(parts)) is Fault.EMBEDDED_OBJECT


def test_an_old_word_file_within_is_refused_under_any_name():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

    for name in (
        "word/embeddings/oleObject1.bin",
        "customXml/item1.dat",
        "docProps/thumbnail.jpeg",
    ):
        assert refused(with_part(name, ole)) is Fault.EMBEDDED_OBJECT


@pytest.mark.parametrize(
    "keyword", ["DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "LINK", "IMPORT"]
)
@pytest.mark.parametrize("part", ["header1", "footer1", "footnotes"])
def test_a_field_that_fetches_is_refused_in_every_part(keyword, part):
    root = {"header1": "hdr", "footer1": "ftr", "footnotes": "footnotes"}[part]
    code = CODE.format(f" {keyword.lower()} x ")

    data = word_file(**{part: f"<w:{root} {W}><w:p>{code}</w:p></w:{root}>"})

    assert refused(data) is Fault.ACTIVE_FIELD


@pytest.mark.parametrize("code", [" INCLUDETEXT x", "\tDDEAUTO x", " IF 1 = 1 { INCLUDETEXT x }"])
def test_a_simple_field_that_fetches_is_refused(code):
    body = f'<w:p><w:fldSimple w:instr="{code}"><w:r/></w:fldSimple></w:p>'

    assert refused(word_file(body)) is Fault.ACTIVE_FIELD


@pytest.mark.parametrize(
    "body",
    [
        f"<w:p>{CODE.format('INCLUDETEXT&quot;x&quot;')}</w:p>",
        f"<w:p>{CODE.format('DDEAUTO&quot;x&quot;')}</w:p>",
        f"<w:p>{CODE.format('INCLUDE')}</w:p><w:p>{CODE.format('TEXT x')}</w:p>",
        "<w:p><w:del><w:r><w:delInstrText>DDEAUTO x </w:delInstrText></w:r></w:del></w:p>",
    ],
)
def test_a_field_that_fetches_is_refused_however_it_is_written(body):
    assert refused(word_file(body)) is Fault.ACTIVE_FIELD


@pytest.mark.parametrize("xml", ["<x/>", "<html/>", f"<w:document {W}/>", f"<w:hdr {W}/>"])
def test_what_has_no_body_is_no_document(xml):
    assert refused(with_part("word/document.xml", xml)) is Fault.NOT_A_DOCUMENT


@pytest.mark.parametrize(
    "svg",
    [
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    ],
)
def test_a_drawing_that_fetches_is_refused(svg):
    refused(with_part("word/media/image1.svg", svg))


def test_an_xinclude_is_not_followed():
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'

    package = open_package(with_part("word/document.xml", document_xml(include)))

    assert b"root:" not in package.parts["word/document.xml"]
    assert len(package.tree("word/document.xml")[0]) == 1
