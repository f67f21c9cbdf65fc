"""Files that an office may upload by mistake or by malice, and what each is told."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.builders.templates import a_report, saved, the_report
from tests.support.word_packages import content_types, parts_of, zipped

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file, part of the sentence that it is answered with, and whether that is a refusal."""

    name: str
    data: bytes
    said: str
    is_refused: bool = False
    is_error: bool = True
    stops_rendering: bool = True
    """Whether no document can be made of it; the engine joins what a comment cut."""
    file_name: str = "mẫu.docx"


def a_template(*paragraphs: str) -> bytes:
    """Return a document of these paragraphs, as Word would have saved it."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def _with_entry(name: str) -> bytes:
    written = io.BytesIO(a_template("a"))
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr(name, b"x")
    return written.getvalue()


def _of_a_gigabyte() -> bytes:
    """Return a zip whose one part is a gigabyte of zeros; made by repeating a packed block."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b"\0" * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    body, name, size = block * 1024 + packer.flush(), b"word/document.xml", 2**30
    fields = (20, 0, 8, 0, 33, 0, len(body), size, len(name), 0)
    local = b"PK\x03\x04" + struct.pack("<5H3L2H", *fields) + name + body
    central = b"PK\x01\x02" + struct.pack("<6H3L5H2L", 20, *fields, 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def _split_by(element: object) -> bytes:
    document = Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("Năm {{ ye")
    paragraph._p.append(element)
    paragraph.add_run("ar }}")
    return saved(document)


def _comment() -> object:
    mark = OxmlElement("w:commentRangeStart")
    mark.set(qn("w:id"), "1")
    return mark


def _revision() -> object:
    return parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="x"><w:r><w:t>é</w:t></w:r></w:ins>')


def _missing_style() -> bytes:
    document = a_report("Năm {{ year }}")
    paragraph = next(it for it in document.paragraphs if it.text == "Năm {{ year }}")
    paragraph._p.pPr.pStyle.set(qn("w:val"), "KieuDaXoa")
    return saved(document)


def _picture_in_header() -> bytes:
    document = a_report()
    run = document.sections[0].header.paragraphs[0].add_run()
    run.add_picture(io.BytesIO(_PNG))
    return saved(document)


_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0"
    "00000301010018dd8db00000000049454e44ae426082"
)
_ENDLESS = "{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}"
_SLOW = (
    "{% for a in range(999) %}{% for b in range(999) %}{{ range(9999)|map('string')|join|length }}"
    "{% endfor %}{% endfor %}"
)
_MEMORY = (
    "{% set n = namespace(a=[1]) %}{% for i in range(99) %}{% set n.a = n.a + n.a %}{% endfor %}"
)
_DOCM = {**parts_of(), "[Content_Types].xml": content_types(("word/document.xml", _MAIN))}

HOSTILE = (
    Hostile("no zip", b"Xin ch\xc3\xa0o", "không phải tệp Word .docx", is_refused=True),
    Hostile("empty", b"", "không phải tệp Word .docx", is_refused=True),
    Hostile("truncated", a_template("a")[:-500], "chưa trọn", is_refused=True),
    Hostile("path", _with_entry("../../etc/passwd"), "tên không an toàn", is_refused=True),
    Hostile("a gigabyte", _of_a_gigabyte(), "Tệp", is_refused=True),
    Hostile("old .doc", _COMPOUND_FILE + b"\0" * 600, "không phải tệp Word .docx", is_refused=True,
            file_name="mẫu.doc"),
    Hostile("macros", zipped(_DOCM), "macro", is_refused=True, file_name="mẫu.docm"),
    Hostile("password", _COMPOUND_FILE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu",
            is_refused=True),
    Hostile("unclosed tag", a_template("Năm {{ year"), "không có dấu đóng"),
    Hostile("comment in a tag", _split_by(_comment()), "bị một chú thích (comment) cắt ngang",
            stops_rendering=False),
    Hostile("revision in a tag", _split_by(_revision()), "Track Changes"),
    Hostile("row tag outside", a_template("{%tr for x in fields %}"), "nằm ngoài bảng"),
    Hostile("unknown filter", a_template("{{ year|uper }}"), "Không có bộ lọc “uper”"),
    Hostile("endless loop", the_report(_ENDLESS), "lặp quá nhiều"),
    Hostile("slow", the_report(_SLOW), "Mẫu"),
    Hostile("memory", the_report(_MEMORY), "Mẫu"),
    Hostile("insides", a_template("{{ year.__class__ }}"), "tên nội bộ không được phép"),
    Hostile("missing style", _missing_style(), "KieuDaXoa", stops_rendering=False),
    Hostile("picture in header", _picture_in_header(), "Có hình ở đầu trang", is_error=False,
            stops_rendering=False),
)  # fmt: skip
