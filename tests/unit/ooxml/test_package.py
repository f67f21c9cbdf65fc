import io
import zipfile

from ooxml.package import open_package, save
from tests.support.word_packages import W, content_types, part_of, parts_of, word_file, zipped

CORE = (
    '<cp:coreProperties xmlns:dcterms="http://purl.org/dc/terms/" xmlns:cp="http://schemas.'
    'openxmlformats.org/package/2006/metadata/core-properties"><dcterms:created>{}'
    "</dcterms:created><dcterms:modified>{}</dcterms:modified></cp:coreProperties>"
)


def test_saving_twice_gives_the_same_bytes():
    first = save(open_package(word_file()))

    assert save(open_package(first)) == first


def test_the_order_of_entries_and_the_dates_of_the_source_leave_no_trace():
    parts = parts_of()
    shuffled = dict(reversed(parts.items()))
    early = zipped({**parts, "docProps/core.xml": CORE.format("2024-01-01", "2024-01-02")})
    late = zipped({**shuffled, "docProps/core.xml": CORE.format("2025-01-01", "2025-01-02")})

    assert save(open_package(early)) == save(open_package(late))


def test_content_types_come_first_and_every_entry_has_the_same_date():
    data = save(open_package(word_file(header1=f"<w:hdr {W}/>")))

    entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_a_replaced_part_leaves_the_first_package_alone():
    package = open_package(word_file())

    changed = package.with_part("word/document.xml", b"<x/>")

    assert package.parts["word/document.xml"] != b"<x/>"
    assert part_of(save(changed)) == "<x/>"


def test_the_name_of_a_part_may_be_a_digit_that_is_no_number():
    header = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    parts = parts_of(header1=f"<w:hdr {W}/>")
    types = content_types(("²", header))

    package = open_package(zipped({**parts, "²": f"<w:hdr {W}/>", "[Content_Types].xml": types}))

    assert set(package.parts_of_kind("header")) == {"word/header1.xml", "²"}


def test_parts_are_found_by_kind_in_their_natural_order():
    package = open_package(word_file(header1=f"<w:hdr {W}/>", footer1=f"<w:ftr {W}/>"))

    found = package.parts_of_kind("header", "document", "footer")

    assert found == ("word/header1.xml", "word/document.xml", "word/footer1.xml")
