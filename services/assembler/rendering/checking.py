"""Checking a template before it may be used: everything that is wrong with it, at once.

Nothing here raises for a bad file; whatever is found is a Finding with its place.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes
from lxml import etree

from ooxml.package import CORE_PROPERTIES, Fault, Package, PackageRefused, open_package
from services.assembler.domain.findings import Finding, error, warning
from services.assembler.rendering import docx
from services.assembler.rendering.complaints import Place, complaint
from services.assembler.rendering.context import RenderingFailed
from services.assembler.rendering.placeholders import used_paths
from services.assembler.rendering.sandbox import document_environment
from services.assembler.rendering.templates import Manifest

_PARTS = ("document", "header", "footer", "footnotes", "endnotes")
_DISTINCT = ("ins", "del", "moveFrom", "moveTo")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
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
        return (error(f"package-{exc.fault}", place, message, suggestion),)
    return ()


def check_template(
    template: bytes, manifest: Manifest, *, samples: Mapping[str, Mapping[str, Any]]
) -> tuple[Finding, ...]:
    """Return every finding; without an error the template renders each of the samples."""
    refused = refusals(template)
    if refused:
        return refused
    package = open_package(template)
    found = [*_check_parts(package, manifest), *_check_revisions(package)]
    if not found or all(one.rule == "template-revision" for one in found):
        found += _check_samples(template, samples)
    return tuple(found)


def check_any_template(template: bytes) -> tuple[Finding, ...]:
    """Return what is wrong with a template of which no manifest is known: file and language."""
    refused = refusals(template)
    if refused:
        return refused
    package = open_package(template)
    return (*_check_parts(package, None), *_check_revisions(package))


def _check_parts(package: Package, manifest: Manifest | None) -> Iterator[Finding]:
    for place in _places(package):
        try:
            tree = document_environment().parse(place.source)
            document_environment().from_string(place.source)
        except TemplateError as exc:
            yield error("template-syntax", str(place), complaint(exc, place).detail)
        else:
            if manifest:
                yield from _check_names(tree, place, _known_paths(manifest))


def _places(package: Package) -> Iterator[Place]:
    """Yield the parts with the source that docxtpl makes of them, one paragraph a line."""
    for name in package.parts_of_kind(*_PARTS):
        xml = etree.tostring(package.tree(name), encoding="unicode").replace("\n", " ")
        source = DocxTemplate(BytesIO()).patch_xml(xml)
        yield Place(name, re.sub(r"<w:p(?=[ >])", "\n<w:p", source))
    if CORE_PROPERTIES in package.parts:
        texts = (element.text or "" for element in package.tree(CORE_PROPERTIES).iter())
        yield Place(CORE_PROPERTIES, "\n".join(texts))


def _check_names(tree: nodes.Template, place: Place, known: frozenset[str]) -> Iterator[Finding]:
    for path in used_paths(tree):
        if path not in known:
            yield error(
                "template-unknown-placeholder",
                str(place),
                f"Mẫu dùng “{path}”, là chỗ điền không có trong danh sách.",
                _did_you_mean(path, known),
            )


def _did_you_mean(path: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(path, sorted(known), n=1)
    if near:
        return f"Có phải “{near[0]}” không?"
    return "Chọn trong danh sách “Chỗ điền dùng được trong mẫu”."


def _known_paths(manifest: Manifest) -> frozenset[str]:
    """Return the declared paths and everything on the way to them."""
    found = set()
    for placeholder in manifest.placeholders:
        ends = [at.start() for at in re.finditer(r"\.|\[\]", placeholder.path)]
        found |= {placeholder.path, *(placeholder.path[:end] for end in ends)}
        found |= {f"{placeholder.path[:end]}[]" for end in ends if placeholder.path[end] == "["}
    return frozenset(found)


def _check_revisions(package: Package) -> Iterator[Finding]:
    """Find tracked changes: they split tags, and would be printed as changes."""
    for name in package.parts_of_kind(*_PARTS):
        if next(package.tree(name).iter(*(f"{_W}{tag}" for tag in _DISTINCT)), None) is not None:
            yield warning(
                "template-revision",
                str(Place(name, "")),
                "Mẫu còn thay đổi đang theo dõi (Track Changes).",
                "Trong Word: Review → Accept All Changes, rồi lưu và tải lên lại.",
            )


def _check_samples(template: bytes, samples: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
    for name, sample in samples.items():
        try:
            docx.render(template, sample)
        except RenderingFailed as exc:
            yield error("template-sample", f"Dữ liệu thử “{name}”", exc.detail)
