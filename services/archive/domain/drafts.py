"""Whether a Word file may become a version, said in words that its author can act on."""

from collections.abc import Mapping
from types import MappingProxyType

from kernel.contracts.boxes import BOXES
from kernel.errors import InvalidInput, Located
from ooxml.content_controls import tags
from ooxml.faults import Fault, PackageRefused

FILE = "#/file"

REASONS: Mapping[Fault, str] = MappingProxyType(
    {
        Fault.TOO_LARGE: "Tệp quá lớn (giới hạn 32 MB). Hãy nén ảnh trong Word rồi tải lại.",
        Fault.TOO_MANY_PARTS: "Tệp chứa quá nhiều thành phần, không phải văn bản thông thường.",
        Fault.ZIP_BOMB: "Tệp nén bất thường, không mở được an toàn.",
        Fault.NOT_A_ZIP: (
            "Đây không phải tệp Word (.docx). Nếu là tệp .doc cũ hoặc PDF, "
            "hãy mở bằng Word và lưu lại dạng .docx."
        ),
        Fault.DAMAGED: "Tệp bị hỏng hoặc tải lên chưa trọn. Hãy lưu lại trong Word rồi tải lại.",
        Fault.ENCRYPTED: "Tệp có mật khẩu. Hãy bỏ mật khẩu trong Word rồi tải lại.",
        Fault.UNSAFE_NAME: "Tệp chứa thành phần có tên không an toàn. Hãy lưu lại bằng Word.",
        Fault.DUPLICATE_PART: "Tệp có hai thành phần trùng tên. Hãy lưu lại bằng Word.",
        Fault.NOT_A_DOCUMENT: "Đây không phải văn bản Word. Hãy chọn tệp .docx của văn bản.",
        Fault.MALFORMED_XML: "Nội dung tệp bị hỏng, Word cũng không mở được. Hãy lưu lại.",
        Fault.DTD: "Tệp chứa khai báo không được phép. Hãy lưu lại bằng Word.",
        Fault.TOO_DEEP: "Cấu trúc tệp lồng nhau quá sâu. Hãy lưu lại bằng Word.",
        Fault.MACRO: "Tệp có macro. Hãy lưu lại dạng .docx (không macro) rồi tải lại.",
        Fault.EMBEDDED_OBJECT: (
            "Tệp nhúng đối tượng khác (OLE, bảng Excel…). Hãy đổi thành bảng hoặc ảnh."
        ),
        Fault.EXTERNAL_LINK: "Tệp lấy nội dung từ nơi khác. Hãy ngắt liên kết (Break Link).",
        Fault.ACTIVE_FIELD: "Tệp có trường tự lấy dữ liệu ngoài (DDE, INCLUDETEXT…). Hãy xóa đi.",
    }
)


def check_draft(data: bytes, *, last_version: int | None = None) -> None:
    """Refuse bytes that are no safe Word document or lost a box that issuing must fill."""
    try:
        found = tags(data)
    except PackageRefused as exc:
        raise _refused(REASONS[exc.fault]) from exc
    missing = [tag for tag in BOXES if tag not in found]
    if missing:
        raise _refused(_missing(missing, last_version))


def _missing(missing: list[str], last_version: int | None) -> str:
    names = ", ".join(f"“{BOXES[tag]}” ({tag})" for tag in missing)
    advice = (
        f"Hãy tải lại bản v{last_version}, sửa trong tệp đó"
        if last_version
        else "Hãy dùng mẫu có đủ các ô đó"
    )
    return f"Tệp thiếu ô: {names}. {advice} và không xóa các ô số, ký hiệu, địa danh, ngày."


def _refused(reason: str) -> InvalidInput:
    return InvalidInput(reason, errors=[Located(FILE, reason)])
