"""Archives and XML made to exhaust or to deceive: refused, or opened cheaply and as one reading."""

import io
import struct
import zipfile

import pytest

from ooxml.package import DEFAULT_LIMITS, Fault, Limits, PackageRefused, open_package
from tests.support.word_packages import W, document_xml, paragraph, parts_of, word_file, zipped

LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Fault:
    with pytest.raises(PackageRefused) as caught:
        open_package(data, limits)
    return caught.value.fault


def with_part(name: str, data: str | bytes) -> bytes:
    return zipped({**parts_of(), name: data})


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """Write another name of the same length into the headers, as no library would."""
    assert len(old) == len(new)
    return data.replace(old, new)


def test_many_entries_are_refused():
    many = {f"word/media/{number}.png": b"" for number in range(3_000)}

    assert refused(zipped({**parts_of(), **many})) is Fault.TOO_MANY_PARTS


def test_many_small_bombs_together_are_refused():
    bombs = {f"word/media/{number}.bmp": bytes(3_900_000) for number in range(60)}

    assert refused(zipped({**parts_of(), **bombs})) is Fault.TOO_LARGE


def test_a_gigabyte_is_refused_without_inflating_it():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts_of().items():
            archive.writestr(name, content)
        with archive.open("word/media/image1.bmp", "w", force_zip64=True) as entry:
            for _ in range(1024):
                entry.write(bytes(1024 * 1024))

    assert refused(packed.getvalue()) in {Fault.ZIP_BOMB, Fault.TOO_LARGE}


def test_a_zip_within_is_a_part_like_any_other():
    inner = zipped({"x.bmp": bytes(30_000_000)})

    package = open_package(with_part("word/media/inner.zip", inner))

    assert package.parts["word/media/inner.zip"] == inner


def test_entries_that_share_their_content_are_refused_or_counted_each():
    """As in Fifield's bomb: many entries of the directory name one place."""
    data = zipped({**parts_of(), "word/media/a.bmp": bytes(3_000_000)})
    end = data.rfind(b"PK\x05\x06")
    begin = struct.unpack("<I", data[end + 16 : end + 20])[0]
    at = data.index(b"word/media/a.bmp", begin) - 46
    entry = data[at : at + 46 + len("word/media/a.bmp")]
    more = b"".join(
        entry.replace(b"media/a.bmp", f"media/{chr(98 + number)}.bmp".encode())
        for number in range(20)
    )
    directory = data[begin:end] + more
    count = directory.count(CENTRAL)
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), begin, 0)

    assert refused(data[:begin] + directory + tail) in {Fault.DAMAGED, Fault.TOO_LARGE}


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(method):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in parts_of().items():
            archive.writestr(name, content)

    assert refused(packed.getvalue()) is Fault.DAMAGED


def test_bytes_before_the_archive_are_refused():
    assert refused(b"MZ" + bytes(100) + word_file()) is Fault.NOT_A_ZIP


@pytest.mark.parametrize("cut", [1, 10, 21, 22, 60])
def test_an_archive_whose_end_is_missing_is_refused(cut):
    assert refused(word_file()[:-cut]) is Fault.DAMAGED


@pytest.mark.parametrize(
    "data", [COMPOUND_FILE + bytes(2_000), b"\xff\xfe<\0", b"{\\rtf1 }", b"PK"]
)
def test_other_kinds_of_files_are_no_zip(data):
    assert refused(data) is Fault.NOT_A_ZIP


def test_an_archive_of_nothing_is_no_document():
    assert refused(zipped({"mimetype": "application/vnd.oasis.opendocument.text"})) is (
        Fault.NOT_A_DOCUMENT
    )


@pytest.mark.parametrize(
    "hidden", [b"word/document.xm\0", b"../d/document.xml", b"/ord/document.xml"]
)
def test_a_name_that_only_the_raw_headers_tell_is_refused(hidden):
    assert refused(renamed(word_file(), b"word/document.xml", hidden)) is Fault.UNSAFE_NAME


def test_a_name_with_a_zero_byte_hides_nothing():
    data = with_part("word/evil.exe_x.xml", "<x/>")

    assert refused(renamed(data, b"word/evil.exe_x.xml", b"word/evil.exe\0x.xml")) is (
        Fault.UNSAFE_NAME
    )


@pytest.mark.parametrize(
    "name", ["a" * 300, "word/a\nb.xml", "word/./x.xml", "word/..", "\x7f.xml"]
)
def test_an_odd_name_is_refused(name):
    assert refused(with_part(name, "<x/>")) is Fault.UNSAFE_NAME


def test_a_link_of_the_file_system_is_only_its_text():
    link = zipfile.ZipInfo("word/media/link.png")
    link.external_attr = 0o120777 << 16
    packed = io.BytesIO(word_file())
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr(link, "/etc/passwd")

    package = open_package(packed.getvalue())

    assert package.parts["word/media/link.png"] == b"/etc/passwd"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_part_may_be_written_in_either_unicode(encoding):
    declared = "UTF-16" if encoding.startswith("utf-16") else "UTF-8"
    xml = f'<?xml version="1.0" encoding="{declared}"?>{document_xml(paragraph("Quy Kỳ"))}'

    package = open_package(with_part("word/document.xml", xml.encode(encoding)))

    assert "".join(package.tree("word/document.xml").itertext()) == "Quy Kỳ"


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-7", "cp037"]
)
@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "docProps/core.xml"])
def test_no_encoding_hides_a_declaration(encoding, name):
    xml = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    xml += f'<!DOCTYPE x [<!ENTITY a "b">]><x {W}>&a;</x>'

    assert refused(with_part(name, xml.encode(encoding))) in {Fault.DTD, Fault.MALFORMED_XML}


@pytest.mark.parametrize(
    "xml",
    [
        f"<w:document {W} w:a='1' w:a='2'><w:body/></w:document>",
        f"<w:document {W}><w:body>&undefined;</w:body></w:document>",
        f"<w:document {W}><w:body>\x01</w:body></w:document>",
        f"<w:document {W}><w:body>&#0;</w:body></w:document>",
        f"<w:document {W}><w:body/></w:document><x/>",
        "<w:document><w:body/></w:document>",
        "",
        " ",
    ],
)
def test_what_is_not_well_formed_is_refused(xml):
    assert refused(with_part("word/document.xml", xml)) is Fault.MALFORMED_XML


def test_a_flood_of_attributes_or_namespaces_is_read_or_refused_and_changes_nothing():
    floods = (
        " ".join(f'w:a{number}="1"' for number in range(100_000)),
        " ".join(f'xmlns:a{number}="u{number}"' for number in range(20_000)),
    )
    for flood in floods:
        data = with_part("word/document.xml", f"<w:document {W} {flood}><w:body/></w:document>")
        assert open_package(data).parts["word/document.xml"].count(b"=") >= 20_000


def test_a_huge_text_is_refused():
    xml = document_xml(paragraph("a" * 12_000_000))

    with pytest.raises(PackageRefused):
        open_package(with_part("word/document.xml", xml))


@pytest.mark.parametrize("name", ["word/styles.xml", "word/header1.xml", "customXml/item1.xml"])
def test_depth_is_bounded_in_every_part(name):
    assert refused(with_part(name, "<x>" * 5_000 + "</x>" * 5_000)) is Fault.TOO_DEEP
