"""Whether every tag of a part is opened and closed, looked at once from its beginning to its end.

docxtpl's way from Word's XML to Jinja source takes quadratic or cubic time where that is not so.
"""

import re
from typing import NamedTuple

# Word may split a delimiter over runs: `{</w:t>…<w:t>{`.
_DELIMITER = re.compile(r"\{(?:<[^<>]*>)*[{%#]|[}%#](?:<[^<>]*>)*\}")
_XML_TAG = re.compile(r"<[^<>]*>")
_WIDE_SPACE = re.compile(r"\s{50}")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_MAX_TAG = 4_000
"""Characters between the delimiters of one tag."""
_EXCERPT = 60


class MalformedTag(NamedTuple):
    """A tag that is not opened and closed as it should be."""

    text: str
    """Its beginning, as the author sees it."""
    reason: str
    """A Vietnamese sentence."""


def malformed_tags(xml: str) -> list[MalformedTag]:
    """Return what is wrong with the delimiters of a part, in their order."""
    found: list[MalformedTag] = []
    begun: re.Match[str] | None = None
    for delimiter in _DELIMITER.finditer(xml):
        sign = _XML_TAG.sub("", delimiter[0])
        opened = _XML_TAG.sub("", begun[0]) if begun else ""
        if opened and sign == _CLOSING[opened]:
            found += _too_long(xml, begun, delimiter)
            begun = None
        elif sign in _CLOSING and opened != "{#":
            found += _unclosed(xml, begun)
            begun = delimiter
        elif sign == "%}" and not opened:
            found.append(MalformedTag(_before(xml, delimiter.end()), "Thẻ này thiếu phần mở “{%”."))
    return found + _unclosed(xml, begun)


def _unclosed(xml: str, begun: re.Match[str] | None) -> list[MalformedTag]:
    if begun is None:
        return []
    closing = _CLOSING[_XML_TAG.sub("", begun[0])]
    text = _after(xml, begun.start())
    return [MalformedTag(text, f"Thẻ này chưa được đóng bằng “{closing}”.")]


def _too_long(xml: str, begun: re.Match[str] | None, end: re.Match[str]) -> list[MalformedTag]:
    text = _XML_TAG.sub("", xml[begun.end() : end.start()]) if begun else ""
    if begun is None or (len(text) <= _MAX_TAG and not _WIDE_SPACE.search(text)):
        return []
    return [MalformedTag(_after(xml, begun.start()), "Thẻ này quá dài hoặc có quá nhiều dấu cách.")]


def _after(xml: str, at: int) -> str:
    return _XML_TAG.sub("", xml[at : at + 20 * _EXCERPT])[:_EXCERPT].strip()


def _before(xml: str, at: int) -> str:
    return _XML_TAG.sub("", xml[max(0, at - 20 * _EXCERPT) : at])[-_EXCERPT:].strip()
