"""Tags that Word cut: by a comment, a tracked change, a bookmark, a link, a break within them."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ooxml.xml import w
from services.assembler.domain.findings import Severity
from services.assembler.rendering.tags import RETYPE, Spot, Tag, at

# What stands within a tag, how it is told, and what to do about it.
_CUTS = {
    "comment": ("một chú thích (comment)", f"Xóa chú thích đó. {RETYPE}"),
    "revision": (
        "một thay đổi đang theo dõi (Track Changes)",
        f"Trong Word: Review → Accept All Changes. {RETYPE}",
    ),
    "field": ("một trường tự động (field)", RETYPE),
    "picture": ("một hình", RETYPE),
    "note": ("một chú thích cuối trang", RETYPE),
    "break": ("một chỗ ngắt dòng", RETYPE),
    "tab": ("một dấu tab", RETYPE),
    "symbol": ("một ký tự đặc biệt", RETYPE),
    "bookmark": ("một dấu trang (bookmark)", f"Xóa dấu trang đó (Insert → Bookmark). {RETYPE}"),
    "link": ("một liên kết", f"Bỏ liên kết (Remove Hyperlink). {RETYPE}"),
    "control": (
        "mép của một ô điều khiển (content control)",
        "Xóa cả thẻ rồi gõ lại trọn trong ô, hoặc trọn ngoài ô.",
    ),
}
# The engine joins what these cut and nothing but them is lost.
_HARMLESS = frozenset({"break", "tab", "symbol", "bookmark"})
_HOLDERS = {
    w("ins"): "revision",
    w("del"): "revision",
    w("moveFrom"): "revision",
    w("moveTo"): "revision",
    w("hyperlink"): "link",
    w("fldSimple"): "field",
    w("sdtContent"): "control",
}
_CURLY = frozenset("“”‘’")


def cuts_of(tag: Tag) -> Iterator[Spot]:
    """Yield what cuts the tag; a mere change of font does not matter, the engine joins the runs."""
    first, *others = tag.pieces()
    kinds = {kind for piece in others for kind in piece.between}
    for piece in others:
        if piece.holder is not first.holder:
            kinds.add(_boundary(first.holder) or _boundary(piece.holder) or "field")
    for kind, (what, suggestion) in _CUTS.items():
        if kind in kinds:
            message = f"Thẻ “{tag}” bị {what} cắt ngang."
            found = at(tag, f"template-cut-by-{kind}", message, suggestion)
            yield replace(found, severity=Severity.WARNING) if kind in _HARMLESS else found
    if _CURLY & set(tag.source):
        yield Spot(
            paragraph=tag.paragraph,
            offset=tag.start,
            rule="template-curly-quotes",
            message=f"Trong thẻ “{tag}” có dấu ngoặc kép cong; chúng được hiểu như ngoặc thẳng.",
            severity=Severity.NOTICE,
        )


def _boundary(holder: etree._Element) -> str:
    return _HOLDERS.get(str(holder.tag), "")
