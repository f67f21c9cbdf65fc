"""The data that a template may see: JSON values, composed, without forbidden characters."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from kernel.errors import InvalidInput, Located
from kernel.text import compose, first_forbidden_character
from services.assembler.rendering.values import BREAKS

# Whatever is not a JSON value by its own type is looked at the long way.
_EXACT = (
    orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_SUBCLASS
)
# As JSON writes control characters, all but the tab and the line feed.
_ESCAPED = re.compile(r"\\[bfru]").search
_NOT_PLAIN = (b"&", b"<", b">", b"\\")
_AS_LINE_BREAK = {ord(sign): "\n" for sign in BREAKS}


@dataclass(frozen=True, slots=True)
class Data:
    """Values that a template may see, and what they can hold that is more than text."""

    values: Mapping[str, Any]
    is_plain: bool
    """Whether no text of them needs escaping or a break."""
    has_breaks: bool
    """Whether a text of them may begin a new paragraph or page."""


class RenderingFailed(InvalidInput):
    """The document could not be made; the sentence names the placeholder and the part."""

    code = "rendering-failed"
    title = "Không tạo được văn bản"


def plain_data(context: Mapping[str, Any]) -> Data:
    """Return the values, every text in NFC; refuse what no document may hold.

    All forbidden characters are reported at once, each with the path of its value.
    """
    try:
        written = orjson.dumps(context, option=_EXACT)
    except orjson.JSONEncodeError:
        return _copied(context)
    text = written.decode()
    if context.__class__ is not dict or not _is_clean(text):
        return _copied(context)
    return Data(context, not any(sign in written for sign in _NOT_PLAIN), has_breaks=False)


def _copied(context: Mapping[str, Any]) -> Data:
    try:
        text = json.dumps(context, allow_nan=False, ensure_ascii=False)
        values = _composed(json.loads(text))
    except (TypeError, ValueError, RecursionError) as exc:
        raise RenderingFailed("Dữ liệu đưa vào mẫu có giá trị không phải văn bản hay số.") from exc
    errors = tuple(_forbidden(values, ""))
    if errors:
        raise RenderingFailed(errors[0].detail, errors=errors)
    return Data(dict(values), is_plain=False, has_breaks=_ESCAPED(text) is not None)


def _is_clean(text: str) -> bool:
    """Tell by one look at all of it that no value needs a closer one: almost always so.

    No other forbidden character is printable.
    """
    is_composed = unicodedata.is_normalized("NFC", text)
    return is_composed and text.isprintable() and not _ESCAPED(text)


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return compose(value)
    if isinstance(value, list):
        return [_composed(item) for item in value]
    if isinstance(value, dict):
        return {compose(key): _composed(item) for key, item in value.items()}
    return value


def _forbidden(value: Any, path: str) -> Iterator[Located]:
    if isinstance(value, str):
        # No forbidden character is printable, and almost every text is: the long look is rare.
        found = None if value.isprintable() else first_forbidden(value)
        if found:
            yield _located(path, *found)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _forbidden(item, f"{path}[{index}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            name = key if key.isprintable() else ascii(key)[1:-1]
            at = f"{path}.{name}" if path else name
            yield from _forbidden(key, at)
            yield from _forbidden(item, at)


def first_forbidden(text: str) -> tuple[int, str] | None:
    """Return position and code of the first character that no value may hold."""
    return first_forbidden_character(text.translate(_AS_LINE_BREAK))


def _located(path: str, position: int, code: str) -> Located:
    pointer = "#/" + path.replace("[", "/").replace("]", "").replace(".", "/")
    detail = (
        f"Giá trị “{path}” có ký tự điều khiển {code} ở vị trí {position + 1}; "
        "hãy xóa và gõ lại ký tự đó."
    )
    return Located(pointer, detail)
