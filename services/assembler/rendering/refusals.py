"""Why a file may not even be opened here, in words."""

from collections.abc import Mapping

from ooxml.package import Fault, PackageRefused, open_package
from services.assembler.domain.findings import Finding, error
from services.assembler.rendering.complaints import Place

_RULE = "package-"
_SAVE_AS_DOCX = "Mở bằng Word và lưu lại dạng .docx (Word Document), rồi tải lên."
_REFUSED: Mapping[Fault, tuple[str, str]] = {
    Fault.TOO_LARGE: ("Tệp quá lớn.", "Bỏ bớt hình ảnh rồi tải lên lại."),
    Fault.TOO_MANY_PARTS: ("Tệp có quá nhiều thành phần.", _SAVE_AS_DOCX),
    Fault.ZIP_BOMB: ("Tệp phình quá lớn khi giải nén nên bị từ chối.", _SAVE_AS_DOCX),
    Fault.NOT_A_ZIP: ("Đây không phải tệp Word .docx.", _SAVE_AS_DOCX),
    Fault.DAMAGED: ("Tệp bị hỏng hoặc tải lên chưa trọn.", "Chọn lại tệp và tải lên lần nữa."),
    Fault.ENCRYPTED: ("Tệp được đặt mật khẩu.", "Bỏ mật khẩu trong Word rồi tải lên lại."),
    Fault.UNSAFE_NAME: ("Trong tệp có thành phần mang tên không an toàn.", _SAVE_AS_DOCX),
    Fault.DUPLICATE_PART: ("Trong tệp có hai thành phần trùng tên.", _SAVE_AS_DOCX),
    Fault.NOT_A_DOCUMENT: ("Đây không phải văn bản Word .docx.", _SAVE_AS_DOCX),
    Fault.MALFORMED_XML: ("Nội dung tệp bị hỏng.", _SAVE_AS_DOCX),
    Fault.DTD: ("Tệp có khai báo XML không được phép.", _SAVE_AS_DOCX),
    Fault.TOO_DEEP: ("Nội dung tệp lồng nhau quá sâu.", "Bỏ bớt bảng lồng trong bảng."),
    Fault.MACRO: ("Tệp có macro.", _SAVE_AS_DOCX),
    Fault.EMBEDDED_OBJECT: ("Tệp có đối tượng nhúng.", "Xóa đối tượng nhúng (bảng tính, tệp…)."),
    Fault.EXTERNAL_LINK: (
        "Tệp lấy nội dung từ nơi khác.",
        "Dán hình ảnh vào tệp thay vì liên kết tới hình ảnh.",
    ),
    Fault.ACTIVE_FIELD: ("Tệp có trường tự lấy dữ liệu bên ngoài.", "Xóa trường đó trong Word."),
}


def refusals(template: bytes) -> tuple[Finding, ...]:
    """Return why the file may not even be opened here; empty for an inert Word document."""
    try:
        open_package(template)
    except PackageRefused as exc:
        message, suggestion = _REFUSED[exc.fault]
        place = str(Place(exc.part, "")) if exc.part else "Tệp mẫu"
        return (error(f"{_RULE}{exc.fault}", place, message, suggestion),)
    return ()


def is_refusal(finding: Finding) -> bool:
    """Tell whether the finding says that the file could not be opened."""
    return finding.rule.startswith(_RULE)
