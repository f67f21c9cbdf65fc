"""What a file really is, told by its bytes: neither its name nor what a browser says counts."""

import io

from PIL import Image, UnidentifiedImageError

from kernel.errors import InvalidInput, Located
from ooxml.faults import MIB, Fault, Limits, PackageRefused
from ooxml.package import open_package
from ooxml.workbooks import open_workbook
from services.intake.domain.attachments import ACCEPTED, FileKind

_OFFICE_LIMITS = Limits(
    file_bytes=64 * MIB, entries=2_000, part_bytes=32 * MIB, total_bytes=96 * MIB
)
_MOST_PIXELS = 120_000_000
_LAST_BYTES = 4_096
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1")
_PICTURES = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG"}
_BROKEN = "bị hỏng hoặc tải lên chưa trọn. Hãy mở lại trên máy, lưu rồi tải lên lần nữa."
_OFFICE_FAULTS = {
    Fault.MACRO: "có macro nên không được nhận. Hãy lưu thành .docx hoặc .xlsx không có macro.",
    Fault.ENCRYPTED: "có mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại.",
    Fault.EMBEDDED_OBJECT: "có đối tượng nhúng (tệp nằm trong tệp). Hãy xóa đối tượng đó, hoặc lưu "
    "thành PDF rồi tải lên.",
    Fault.EXTERNAL_LINK: "có liên kết tự lấy dữ liệu bên ngoài. Hãy ngắt liên kết, hoặc lưu thành "
    "PDF rồi tải lên.",
    Fault.ACTIVE_FIELD: "có trường tự lấy dữ liệu bên ngoài. Hãy lưu thành PDF rồi tải lên.",
    Fault.ZIP_BOMB: "nén bất thường, phình quá lớn khi mở, nên không được nhận.",
    Fault.TOO_LARGE: "quá lớn khi mở ra. Hãy nén ảnh trong tệp, hoặc lưu thành PDF rồi tải lên.",
}


def inspect(data: bytes, name: str) -> FileKind:
    """Return the kind of the file, or raise InvalidInput that says what to do about it."""
    if not data:
        raise _refused(name, "không có gì bên trong.")
    kind = _kind(data)
    if kind is None:
        raise _refused(name, _advice(data))
    if kind is FileKind.PDF:
        _check_pdf(data, name)
    elif kind in _PICTURES:
        _check_picture(data, name, kind)
    return kind if kind is not FileKind.DOCX else _office_kind(data, name)


def _kind(data: bytes) -> FileKind | None:
    """Return what the first bytes say; a zip may be either kind of Office file."""
    beginnings = {
        b"%PDF-": FileKind.PDF,
        b"\xff\xd8\xff": FileKind.JPEG,
        b"\x89PNG\r\n\x1a\n": FileKind.PNG,
        b"PK\x03\x04": FileKind.DOCX,
    }
    return next((kind for start, kind in beginnings.items() if data.startswith(start)), None)


def _office_kind(data: bytes, name: str) -> FileKind:
    try:
        open_package(data, _OFFICE_LIMITS)
    except PackageRefused as exc:
        if exc.fault is not Fault.NOT_A_DOCUMENT:
            raise _refused(name, _OFFICE_FAULTS.get(exc.fault, _BROKEN)) from exc
    else:
        return FileKind.DOCX
    try:
        open_workbook(data, _OFFICE_LIMITS)
    except PackageRefused as exc:
        if exc.fault is Fault.NOT_A_DOCUMENT:
            raise _refused(name, f"là tệp nén (.zip). Chỉ nhận {ACCEPTED}.") from exc
        raise _refused(name, _OFFICE_FAULTS.get(exc.fault, _BROKEN)) from exc
    return FileKind.XLSX


def _check_pdf(data: bytes, name: str) -> None:
    if b"%%EOF" not in data[-_LAST_BYTES:]:
        raise _refused(name, _BROKEN)


def _check_picture(data: bytes, name: str, kind: FileKind) -> None:
    try:
        with Image.open(io.BytesIO(data), formats=[_PICTURES[kind]]) as picture:
            width, height = picture.size
            picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as exc:
        raise _refused(name, _BROKEN) from exc
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as exc:
        raise _refused(name, "có quá nhiều điểm ảnh. Hãy thu nhỏ ảnh rồi tải lên.") from exc
    if width * height > _MOST_PIXELS:
        raise _refused(name, "có quá nhiều điểm ảnh. Hãy thu nhỏ ảnh rồi tải lên.")


def _advice(data: bytes) -> str:
    if data.startswith(_COMPOUND_FILE):
        return "là tệp Office đời cũ (.doc, .xls) hoặc có mật khẩu. Hãy lưu thành .docx, .xlsx."
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return (
            "là ảnh HEIC của iPhone. Hãy vào Cài đặt → Camera → Định dạng → Tương thích nhất, "
            "hoặc gửi ảnh JPG."
        )
    return f"không thuộc loại được nhận. Chỉ nhận {ACCEPTED}."


def _refused(name: str, reason: str) -> InvalidInput:
    detail = f"Tệp “{name}” {reason}"
    return InvalidInput(detail, errors=[Located("#/file", detail)])
