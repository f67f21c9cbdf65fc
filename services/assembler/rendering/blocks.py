"""Blocks of a template: what is opened must be closed, in its order and at the same level."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from ooxml.xml import w
from services.assembler.rendering.tag_language import BRANCHES, CLOSERS, OPENERS, is_block_set
from services.assembler.rendering.tags import Spot, Tag, at

_ELEMENTS = {"p": "p", "tr": "tr", "tc": "tc"}
_WITH_ELSE = {"else": frozenset({"for", "if"}), "elif": frozenset({"if"})}


@dataclass(slots=True)
class _Matching:
    open: list[Tag] = field(default_factory=list)
    ended: set[Tag] = field(default_factory=set)
    """Conditions that had their `else`."""
    spots: list[Spot] = field(default_factory=list)


def check_blocks(tags: Iterable[Tag]) -> list[Spot]:
    """Return every block that does not match, with both of its places."""
    state = _Matching()
    for tag in tags:
        if tag.keyword in CLOSERS:
            _close(tag, state)
        elif tag.keyword in BRANCHES:
            _branch(tag, state)
        elif tag.keyword in OPENERS and (tag.keyword != "set" or is_block_set(tag)):
            state.open.append(tag)
    state.spots += [_never_closed(tag) for tag in state.open]
    return state.spots


def _close(tag: Tag, state: _Matching) -> None:
    wanted = CLOSERS[tag.keyword]
    if all(one.keyword != wanted for one in state.open):
        message = f"Thẻ đóng “{tag}” không có thẻ mở “{{% {wanted} … %}}” nào đứng trước."
        suggestion = f"Xóa thẻ này, hoặc thêm thẻ mở “{wanted}” ở trên."
        state.spots.append(at(tag, "template-unmatched-block", message, suggestion))
        return
    while state.open[-1].keyword != wanted:
        state.spots.append(_closed_over(state.open.pop(), tag))
    _compare_levels(state.open.pop(), tag, state)


def _branch(tag: Tag, state: _Matching) -> None:
    opener = state.open[-1] if state.open else None
    if opener is None or opener.keyword not in _WITH_ELSE[tag.keyword]:
        message = f"Thẻ “{tag}” không đứng trong khối “if” nào đang mở."
        state.spots.append(
            at(tag, "template-unmatched-block", message, "Thêm “{% if … %}” ở trên, hoặc xóa thẻ.")
        )
        return
    if opener in state.ended:
        message = f"Thẻ “{tag}” đứng sau “else” của khối mở bằng “{opener}” ở {_where(opener)}."
        state.spots.append(
            at(tag, "template-unmatched-block", message, "Mỗi khối có một “else”, ở cuối cùng.")
        )
    if tag.keyword == "else":
        state.ended.add(opener)
    _compare_levels(opener, tag, state)


def _compare_levels(opener: Tag, tag: Tag, state: _Matching) -> None:
    """Find a block that begins and ends at levels of the document that do not match."""
    if opener.prefix != tag.prefix:
        message = (
            f"Khối mở bằng “{opener}” ở {_where(opener)} nhưng đi tiếp bằng “{tag}”: "
            "hai thẻ phải cùng kiểu."
        )
        state.spots.append(at(tag, "template-block-levels", message, _same_kind(opener, tag)))
    elif _level(opener) is not _level(tag):
        message = (
            f"Khối mở bằng “{opener}” ở {_where(opener)} nhưng “{tag}” lại ở chỗ khác bảng, khác ô."
        )
        suggestion = (
            "Đặt thẻ mở và thẻ đóng cùng ngoài bảng, cùng trong một ô, hoặc dùng {%tr … %}."
        )
        state.spots.append(at(tag, "template-block-levels", message, suggestion))


def _same_kind(opener: Tag, tag: Tag) -> str:
    return f"Viết “{{%{opener.prefix} {tag.body} %}}”, hoặc đổi kiểu của thẻ mở."


def _level(tag: Tag) -> etree._Element | None:
    """Return what holds the element that the tag stands for: a cell, a table, the body."""
    name = _ELEMENTS.get(tag.prefix, "p")
    element = tag.paragraph.element
    if name != "p":
        element = next(element.iterancestors(w(name)), element)
    return element.getparent()


def _never_closed(tag: Tag) -> Spot:
    return at(
        tag,
        "template-unclosed-block",
        f"Khối mở bằng “{tag}” chưa được đóng.",
        f"Thêm “{{%{tag.prefix} end{tag.keyword} %}}” ở cuối khối.",
    )


def _closed_over(opener: Tag, closer: Tag) -> Spot:
    return at(
        opener,
        "template-unclosed-block",
        f"Khối mở bằng “{opener}” chưa được đóng trước thẻ “{closer}” ở {_where(closer)}.",
        f"Thêm “{{%{opener.prefix} end{opener.keyword} %}}” trước đó.",
    )


def _where(tag: Tag) -> str:
    return tag.paragraph.place(tag.start)
