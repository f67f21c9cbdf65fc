"""Whether a template has the boxes that issuing fills: the archive takes no draft without them."""

from collections.abc import Iterator

from kernel.contracts.boxes import BOXES
from ooxml.content_controls import tags
from services.assembler.domain.findings import Finding, error
from services.assembler.rendering.templates import Manifest

_PLACE = "Tệp mẫu"
_ADVICE = (
    "Mở mẫu gốc trong Word, chép nguyên cả dòng có ô đó (số, ký hiệu hoặc địa danh, ngày) "
    "rồi dán vào mẫu này."
)


def missing_boxes(template: bytes, manifest: Manifest) -> Iterator[Finding]:
    """Yield an error for each box that is not there; what is given to awardees is never issued."""
    if manifest.is_per_awardee:
        return
    found = tags(template)
    for tag, name in BOXES.items():
        if tag not in found:
            message = f"Thiếu ô “{name}” ({tag}), là chỗ hệ thống điền khi ban hành."
            yield error("template-box-missing", _PLACE, message, _ADVICE)
