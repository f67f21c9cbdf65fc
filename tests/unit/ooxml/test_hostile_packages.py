import io
import struct
import warnings
import zipfile

import pytest

from ooxml.package import DEFAULT_LIMITS, Fault, Limits, PackageRefused, open_package
from tests.support.word_packages import (
    W,
    content_types,
    document_xml,
    paragraph,
    parts_of,
    relationships,
    word_file,
    zipped,
)

LAUGHS = (
    '<!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    f'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><w:document {W}>&c;</w:document>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FIELD = '<w:r><w:instrText xml:space="preserve">{}</w:instrText></w:r>'


def refused(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Fault:
    with pytest.raises(PackageRefused) as caught:
        open_package(data, limits)
    return caught.value.fault


def with_part(name: str, data: str | bytes) -> bytes:
    return zipped({**parts_of(), name: data})


def patched(data: bytes, signature: bytes, offset: int, value: bytes) -> bytes:
    """Overwrite a field of every zip header of one kind."""
    raw = bytearray(data)
    at = raw.find(signature)
    while at >= 0:
        raw[at + offset : at + offset + len(value)] = value
        at = raw.find(signature, at + 4)
    return bytes(raw)


def test_a_plain_document_opens():
    package = open_package(word_file())

    assert "word/document.xml" in package.parts


@pytest.mark.parametrize("data", [b"", b"garbage", b"%PDF-1.7", OLE + b"an old .doc"])
def test_what_is_no_zip_is_refused(data):
    assert refused(data) is Fault.NOT_A_ZIP


def test_a_word_file_with_a_password_is_said_to_be_encrypted():
    assert refused(OLE + "EncryptedPackage".encode("utf-16-le")) is Fault.ENCRYPTED


def test_an_encrypted_entry_is_refused():
    data = patched(word_file(), b"PK\x01\x02", 8, struct.pack("<H", 1))

    assert refused(data) is Fault.ENCRYPTED


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_a_truncated_file_is_refused(kept):
    data = word_file()

    assert refused(data[: int(len(data) * kept)]) is Fault.DAMAGED


def test_a_flipped_byte_is_refused():
    data = bytearray(zipped({"word/document.xml": bytes(range(256)) * 40}))
    data[200] ^= 0xFF

    assert refused(bytes(data)) is Fault.DAMAGED


def test_a_zip_bomb_is_stopped_while_inflating():
    bomb = with_part("word/media/image1.bmp", b"\0" * 30_000_000)

    assert refused(bomb) is Fault.ZIP_BOMB


def test_a_bomb_that_lies_about_its_size_is_refused():
    bomb = with_part("word/media/image1.bmp", b"\0" * 30_000_000)
    lying = patched(bomb, b"PK\x01\x02", 24, struct.pack("<I", 10))

    assert refused(lying) in {Fault.ZIP_BOMB, Fault.DAMAGED}


@pytest.mark.parametrize(
    ("limits", "fault"),
    [
        (Limits(file_bytes=100), Fault.TOO_LARGE),
        (Limits(entries=2), Fault.TOO_MANY_PARTS),
        (Limits(part_bytes=100), Fault.TOO_LARGE),
        (Limits(total_bytes=700), Fault.TOO_LARGE),
    ],
)
def test_limits_hold(limits, fault):
    assert refused(word_file(), limits) is fault


@pytest.mark.parametrize("second", ["word/document.xml", "WORD/Document.xml"])
def test_two_parts_of_one_name_are_refused(second):
    buffer = io.BytesIO(word_file())
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a") as archive:
        warnings.simplefilter("ignore")  # zipfile warns of the duplicate that this test wants
        archive.writestr(second, document_xml(paragraph("khác")))

    assert refused(buffer.getvalue()) is Fault.DUPLICATE_PART


@pytest.mark.parametrize(
    "name", ["../evil.xml", "/etc/passwd", "word/../../x", "C:x.xml", "word\\x.xml", "word//x.xml"]
)
def test_a_name_that_leaves_the_package_is_refused(name):
    assert refused(with_part(name, "<x/>")) is Fault.UNSAFE_NAME


@pytest.mark.parametrize("missing", ["[Content_Types].xml", "_rels/.rels", "word/document.xml"])
def test_what_is_no_word_document_is_refused(missing):
    parts = parts_of()
    del parts[missing]

    assert refused(zipped(parts)) is Fault.NOT_A_DOCUMENT


def test_a_spreadsheet_under_the_name_of_a_document_is_refused():
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = content_types(("word/document.xml", kind))

    assert refused(with_part("[Content_Types].xml", types)) is Fault.NOT_A_DOCUMENT


def test_a_package_that_points_elsewhere_is_refused():
    rels = relationships(("officeDocument", "word/other.xml"))

    assert refused(with_part("_rels/.rels", rels)) is Fault.NOT_A_DOCUMENT


@pytest.mark.parametrize("encode", [str.encode, lambda text: text.encode("utf-16")])
def test_a_billion_laughs_are_not_heard(encode):
    assert refused(with_part("word/document.xml", encode(LAUGHS))) is Fault.DTD


def test_an_external_entity_is_refused():
    xml = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:p {W}>&e;</w:p>'

    assert refused(with_part("word/document.xml", xml)) is Fault.DTD


@pytest.mark.parametrize("depth", [201, 5_000])
def test_deep_nesting_is_refused(depth):
    xml = document_xml("<w:smartTag>" * depth + "</w:smartTag>" * depth)

    assert refused(with_part("word/document.xml", xml)) is Fault.TOO_DEEP


def test_broken_xml_is_refused_and_not_repaired():
    assert refused(with_part("word/document.xml", "<w:document>")) is Fault.MALFORMED_XML


def test_a_macro_is_refused_by_name_and_by_type():
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"

    assert refused(with_part("word/vbaProject.bin", OLE)) is Fault.MACRO
    types = content_types(("word/document.xml", kind))
    assert refused(with_part("[Content_Types].xml", types)) is Fault.MACRO


def test_an_embedded_object_is_refused_under_any_name():
    assert refused(with_part("word/media/image1.png", OLE)) is Fault.EMBEDDED_OBJECT


@pytest.mark.parametrize("kind", ["oleObject", "package", "control", "aFChunk", "subDocument"])
def test_a_relationship_to_an_object_is_refused(kind):
    rels = relationships((kind, "embeddings/x.bin"))

    assert refused(with_part("word/_rels/document.xml.rels", rels)) is Fault.EMBEDDED_OBJECT


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "frame", "oleObject"])
def test_a_relationship_to_the_outside_is_refused(kind):
    rels = relationships((kind, "https://evil.example/x.dotm"), external=True)

    assert refused(with_part("word/_rels/settings.xml.rels", rels)) is Fault.EXTERNAL_LINK


def test_a_hyperlink_is_no_danger():
    rels = relationships(("hyperlink", "https://example.vn/"), external=True)

    assert open_package(with_part("word/_rels/document.xml.rels", rels))


@pytest.mark.parametrize(
    "codes", [["DDEAUTO c:\\\\cmd.exe"], ["INCLUDE", "TEXT /etc/passwd"], [" includepicture x"]]
)
def test_a_field_that_fetches_is_refused_even_when_split(codes):
    body = f"<w:p>{''.join(FIELD.format(code) for code in codes)}</w:p>"

    assert refused(word_file(body)) is Fault.ACTIVE_FIELD


def test_page_numbers_and_links_are_harmless_fields():
    body = f"<w:p>{FIELD.format(' PAGE ')}{FIELD.format('HYPERLINK https://x.vn')}</w:p>"

    assert open_package(word_file(body))
