import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import InvalidInput
from services.intake.domain.attachments import LONGEST_NAME, FileKind, kept_name, size_text
from services.intake.gateways.file_inspection import inspect
from tests.builders.files import a_pdf, a_picture, a_word_file, a_workbook
from tests.builders.spreadsheets import encrypted, old_excel, with_external_link, with_macros
from tests.support.word_packages import parts_of, relationships, zipped


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Biên bản họp xóm Đông.pdf", "Biên bản họp xóm Đông.pdf"),
        ("Bie\u0302n ba\u0309n.pdf", "Biên bản.pdf"),
        ("C:\\Users\\Lan\\Báo cáo.pdf", "Báo cáo.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("/var/a/", "tệp.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("ảnh\u202egpj.exe", "ảnhgpj.exe.pdf"),
        ("ảnh.jpg", "ảnh.pdf"),
        ("Danh sách.PDF", "Danh sách.pdf"),
        ("v1.2", "v1.2.pdf"),
        ('a:b*c?d"e<f>g|h.pdf', "a_b_c_d_e_f_g_h.pdf"),
        (" . . ", "tệp.pdf"),
        ("", "tệp.pdf"),
        (".pdf", "pdf.pdf"),
        ("x" * 400 + ".pdf", "x" * LONGEST_NAME + ".pdf"),
    ],
)
def test_a_name_keeps_its_letters_and_loses_paths_and_tricks(sent, kept):
    assert kept_name(sent, FileKind.PDF) == kept


def test_a_name_that_is_taken_gets_a_number():
    assert kept_name("A.pdf", FileKind.PDF, taken=["a.pdf", "a (2).pdf"]) == "A (3).pdf"


@given(st.text(max_size=300), st.sampled_from(list(FileKind)))
def test_whatever_was_sent_the_kept_name_is_a_plain_name_of_its_kind(sent, kind):
    name = kept_name(sent, kind)

    assert name.endswith(kind.endings)
    assert not set(name) & set('/\\:*?"<>|\r\n\t\0')
    assert not name.startswith((".", " "))
    assert len(name) <= LONGEST_NAME + 5
    assert kept_name(name, kind) == name


@pytest.mark.parametrize(
    ("size", "text"), [(1, "1 KB"), (12_300, "12 KB"), (1_468_006, "1,4 MB"), (20 * 2**20, "20 MB")]
)
def test_sizes_read_as_people_say_them(size, text):
    assert size_text(size) == text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (a_pdf(), FileKind.PDF),
        (a_picture("JPEG"), FileKind.JPEG),
        (a_picture("PNG"), FileKind.PNG),
        (a_word_file(), FileKind.DOCX),
        (a_workbook(), FileKind.XLSX),
    ],
)
def test_the_kind_is_told_by_the_content_whatever_the_name_says(data, kind):
    assert inspect(data, "ảnh.exe") is kind


_TEMPLATE = relationships(("attachedTemplate", "http://evil.invalid/x.dotm"), external=True)
REFUSED = {
    "nothing": (b"", "không có gì bên trong"),
    "text": (b"xin chao", "không thuộc loại được nhận. Chỉ nhận PDF"),
    "page": (b"<html><script>alert(1)</script>", "không thuộc loại được nhận"),
    "program": (b"MZ\x90\x00", "không thuộc loại được nhận"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "không thuộc loại được nhận"),
    "gif": (a_picture("GIF"), "không thuộc loại được nhận"),
    "iPhone picture": (b"\x00\x00\x00\x18ftypheic" + bytes(20), "HEIC của iPhone"),
    "old Word": (old_excel(), "đời cũ"),
    "with a password": (encrypted(), "đời cũ (.doc, .xls) hoặc có mật khẩu"),
    "zip": (zipped({"a.txt": "a"}), "là tệp nén (.zip)"),
    "Excel with macros": (with_macros(a_workbook()), "có macro"),
    "Word with macros": (zipped({**parts_of(), "word/vbaProject.bin": b"x"}), "có macro"),
    "Excel linked elsewhere": (with_external_link(a_workbook()), "liên kết tự lấy dữ liệu"),
    "Word with a template from elsewhere": (
        zipped({**parts_of(), "word/_rels/settings.xml.rels": _TEMPLATE}),
        "liên kết tự lấy dữ liệu",
    ),
    "PDF cut off": (a_pdf()[:-10], "tải lên chưa trọn"),
    "page before the PDF": (b"<html>" + a_pdf(), "không thuộc loại được nhận"),
    "picture cut off": (a_picture("PNG")[:40], "tải lên chưa trọn"),
    "not really a picture": (b"\xff\xd8\xff\xe0" + bytes(50), "tải lên chưa trọn"),
    "Word cut off": (a_word_file()[:-30], "tải lên chưa trọn"),
}


@pytest.mark.parametrize(("data", "said"), REFUSED.values(), ids=REFUSED)
def test_other_content_is_refused_under_the_name_that_was_sent(data, said):
    with pytest.raises(InvalidInput) as caught:
        inspect(data, "Ảnh họp.jpg")

    assert caught.value.detail.startswith("Tệp “Ảnh họp.jpg” ")
    assert said in caught.value.detail
    assert [error.pointer for error in caught.value.errors] == ["#/file"]


def test_a_picture_of_a_billion_points_is_refused_before_it_is_unpacked():
    data = bytearray(a_picture("PNG"))
    data[16:24] = (40_000).to_bytes(4) + (40_000).to_bytes(4)
    import zlib  # noqa: PLC0415

    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4)

    with pytest.raises(InvalidInput, match="quá nhiều điểm ảnh"):
        inspect(bytes(data), "a.png")


@given(st.binary(max_size=200), st.sampled_from([b"", b"%PDF-", b"\xff\xd8\xff", b"PK\x03\x04"]))
def test_no_bytes_make_anything_but_a_kind_or_a_refusal(data, start):
    assert outcome(start + data) in {*FileKind, "Tệp “a” "}


def outcome(data):
    """Return the kind, or how a refusal begins; any other exception is the test's failure."""
    try:
        return inspect(data, "a")
    except InvalidInput as refusal:
        return refusal.detail[:8]
