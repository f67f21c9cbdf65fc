"""What a template refers to or carries around its text: styles, images, tags that nothing fills."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from ooxml.package import CORE_PROPERTIES, Package
from ooxml.xml import w
from services.assembler.domain.findings import Finding, Severity, error, warning
from services.assembler.rendering.complaints import Place
from services.assembler.rendering.paragraphs import Paragraph
from services.assembler.rendering.tags import Spot

_STYLES = "word/styles.xml"
_STYLE_MARKS = (w("pStyle"), w("rStyle"), w("tblStyle"))
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REVISIONS = tuple(w(name) for name in ("ins", "del", "moveFrom", "moveTo"))
_PICTURES = (w("drawing"), w("pict"))
_TAG = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
_UNFILLED = {
    "word/comments.xml": "chú thích (comment)",
    "word/settings.xml": "thiết lập của tệp",
    "docProps/app.xml": "thuộc tính mở rộng của tệp",
    "docProps/custom.xml": "thuộc tính tự đặt của tệp",
}
_UNFILLED_FOLDERS = {"word/charts/": "biểu đồ", "word/diagrams/": "sơ đồ SmartArt"}
_BY_ATTRIBUTE = {
    "descr": "chữ thay thế của hình",
    "title": "tiêu đề của hình",
    "alias": "tên của ô điều khiển",
    "tag": "nhãn của ô điều khiển",
    "instr": "mã trường (field)",
}


def missing_styles(package: Package, paragraphs: Sequence[Paragraph]) -> Iterator[Spot]:
    """Yield styles that paragraphs are set in and the file does not have, each once."""
    if _STYLES not in package.parts:
        return
    known = {style.get(w("styleId")) for style in package.tree(_STYLES).iter(w("style"))}
    for paragraph in paragraphs:
        for mark in paragraph.element.iter(*_STYLE_MARKS):
            name = mark.get(w("val"), "")
            if name not in known:
                known.add(name)
                yield _doubt(
                    paragraph,
                    "template-missing-style",
                    f"Đoạn dùng kiểu “{name}” mà tệp không có; Word sẽ in theo kiểu Normal.",
                    "Chọn lại kiểu cho đoạn trong Word (Home → Styles), rồi lưu.",
                )


def pictures_at_the_edge(part: str, paragraphs: Sequence[Paragraph]) -> Iterator[Spot]:
    """Yield a warning for pictures in a header or footer.

    No error: a certificate may keep its frame there, and the picture is copied as it is. An
    administrative document has none, so somebody must have seen it.
    """
    if not re.search(r"/(header|footer)\d*\.xml$", part):
        return
    for paragraph in _first_with(paragraphs, _PICTURES):
        yield _doubt(
            paragraph,
            "template-picture-at-edge",
            "Có hình ở đầu trang hoặc chân trang; văn bản hành chính chỉ đặt số trang ở đó.",
            "Xóa hình, trừ khi đó là khung của Giấy khen.",
        )


def revisions(root: etree._Element, paragraphs: Sequence[Paragraph]) -> Iterator[Spot]:
    """Yield a warning for tracked changes: they would be printed as changes."""
    if next(root.iter(*_REVISIONS), None) is None:
        return
    # A whole row that was added or deleted says so outside of its paragraphs.
    for paragraph in [*_first_with(paragraphs, _REVISIONS), *paragraphs][:1]:
        yield _doubt(
            paragraph,
            "template-revision",
            "Mẫu còn thay đổi đang theo dõi (Track Changes), bắt đầu từ đoạn này.",
            "Trong Word: Review → Accept All Changes, rồi lưu và tải lên lại.",
        )


def _first_with(paragraphs: Sequence[Paragraph], names: tuple[str, ...]) -> Iterator[Paragraph]:
    """Yield the first paragraph that holds one of these elements."""
    holding = (it for it in paragraphs if next(it.element.iter(*names), None) is not None)
    yield from islice(holding, 1)


def _doubt(paragraph: Paragraph, rule: str, message: str, suggestion: str) -> Spot:
    return Spot(
        paragraph=paragraph,
        offset=0,
        rule=rule,
        message=message,
        suggestion=suggestion,
        severity=Severity.WARNING,
    )


def broken_relations(package: Package, part: str, root: etree._Element) -> Iterator[Finding]:
    """Yield pictures and links whose target the file does not have: Word calls it corrupt."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    known = set()
    if relations in package.parts:
        known = {
            one.get("Id")
            for one in package.tree(relations)
            if one.get("TargetMode") == "External" or _exists(package, folder, one)
        }
    used = {
        value
        for element in root.iter()
        for key, value in element.attrib.items()
        if str(key).startswith(_RELATION) and value
    }
    for missing in sorted(str(one) for one in used - known):
        yield error(
            "template-broken-relation",
            str(Place(part, "")),
            f"Tệp thiếu hình hoặc thành phần được gọi tới ({missing}).",
            "Chèn lại hình đó trong Word, rồi lưu.",
        )


def _exists(package: Package, folder: str, relation: etree._Element) -> bool:
    target = relation.get("Target", "")
    path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(path) in package.parts or target.startswith("#")


def tags_outside_text(part: str, root: etree._Element) -> Iterator[Finding]:
    """Yield tags in a field code, an equation or a name of an object: not where text is typed."""
    for element in root.iter():
        for key, value in element.attrib.items():
            found = _TAG.search(str(value))
            if found:
                name = etree.QName(str(key)).localname
                where = etree.QName(element).localname if name == "val" else name
                yield _outside(part, found[0], _BY_ATTRIBUTE.get(where, "thuộc tính của đối tượng"))
        is_code = element.tag == w("instrText") or str(element.tag).endswith("/math}t")
        found = _TAG.search(element.text or "") if is_code else None
        if found:
            what = "mã trường (field)" if element.tag == w("instrText") else "công thức toán"
            yield _outside(part, found[0], what)


def _outside(part: str, tag: str, what: str) -> Finding:
    return warning(
        "template-outside-text",
        str(Place(part, "")),
        f"Thẻ “{tag}” nằm trong {what}, không phải trong chữ của đoạn văn.",
        "Chuyển thẻ vào chữ của một đoạn văn.",
    )


def tags_never_filled(package: Package) -> Iterator[Finding]:
    """Yield tags in parts that no data fills: they would be printed as they are typed."""
    for name, data in package.parts.items():
        what = _UNFILLED.get(name) or next(
            (label for folder, label in _UNFILLED_FOLDERS.items() if name.startswith(folder)), None
        )
        if what is None or name == CORE_PROPERTIES or (b"{{" not in data and b"{%" not in data):
            continue
        text = "".join(str(it) for it in package.tree(name).itertext())
        found = _TAG.search(text)
        if found:
            yield warning(
                "template-never-filled",
                what,
                f"Thẻ “{found[0][:60]}” nằm trong {what} nên không được điền.",
                "Chuyển thẻ vào thân văn bản.",
            )
