"""The data that a template may see: JSON values, composed, without forbidden characters."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kernel.errors import InvalidInput, Located
from kernel.text import compose, first_forbidden_character

# As JSON writes control characters, all but the tab and the line feed.
_ESCAPED = re.compile(r"\\[bfru]").search


class RenderingFailed(InvalidInput):
    """The document could not be made; the sentence names the placeholder and the part."""

    code = "rendering-failed"
    title = "Không tạo được văn bản"


def plain_data(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy made of JSON values only, every text in NFC; refuse what no document may hold.

    All forbidden characters are reported at once, each with the path of its value.
    """
    try:
        text = json.dumps(context, allow_nan=False, ensure_ascii=False)
        if _is_clean(text):
            return dict(json.loads(text))
        data = _composed(json.loads(text))
    except (TypeError, ValueError, RecursionError) as exc:
        raise RenderingFailed("Dữ liệu đưa vào mẫu có giá trị không phải văn bản hay số.") from exc
    errors = tuple(_forbidden(data, ""))
    if errors:
        raise RenderingFailed(errors[0].detail, errors=errors)
    return dict(data)


def _is_clean(text: str) -> bool:
    """Tell by one look at all of it that no value needs a closer one: almost always so.

    No other forbidden character is printable.
    """
    return text.isprintable() and not _ESCAPED(text) and compose(text) == text


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return compose(value)
    if isinstance(value, list):
        return [_composed(item) for item in value]
    if isinstance(value, dict):
        return {key: _composed(item) for key, item in value.items()}
    return value


def _forbidden(value: Any, path: str) -> Iterator[Located]:
    if isinstance(value, str):
        # No forbidden character is printable, and almost every text is: the long look is rare.
        found = None if value.isprintable() else first_forbidden_character(value)
        if found:
            yield _located(path, *found)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _forbidden(item, f"{path}[{index}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _forbidden(item, f"{path}.{key}" if path else key)


def _located(path: str, position: int, code: str) -> Located:
    pointer = "#/" + path.replace("[", "/").replace("]", "").replace(".", "/")
    detail = (
        f"Giá trị “{path}” có ký tự điều khiển {code} ở vị trí {position + 1}; "
        "hãy xóa và gõ lại ký tự đó."
    )
    return Located(pointer, detail)
