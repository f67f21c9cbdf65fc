"""What went wrong in a template, as one Vietnamese sentence for the person who keeps it."""

import re
import traceback
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from ooxml.package import Fault, PackageRefused
from services.assembler.rendering.bounds import OutputTooLong, TooMuchWork
from services.assembler.rendering.context import RenderingFailed
from services.assembler.rendering.values import BlockRefused, NotPrintable, NotRichText

# Whatever an expression of a template can raise while it runs on plain data.
EXPRESSION_ERRORS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)

_PARTS = {
    "document": "thân văn bản",
    "header": "đầu trang",
    "footer": "chân trang",
    "footnotes": "chú thích cuối trang",
    "endnotes": "chú thích cuối văn bản",
    "core": "thuộc tính của tệp",
}
_XML_TAG = re.compile(r"<[^>]+>")
_TEMPLATE_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_MAX_EXCERPT = 160


class ForbiddenCharacter(TemplateSyntaxError):
    """A text written in a tag holds a character that no document may hold."""


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the template and the source that was compiled from it, one paragraph a line."""

    part: str
    source: str

    def __str__(self) -> str:
        stem = re.sub(r"^.*/|\d*\.xml$", "", self.part)
        return _PARTS.get(stem, self.part)


def complaint(error: Exception, place: Place) -> RenderingFailed:
    """Return the failure to raise for an error met while compiling or running a template."""
    line = error.lineno if isinstance(error, TemplateSyntaxError) else _line_of(error)
    name = str(error.message) if isinstance(error, UndefinedError) else ""
    tag = _tag(place.source, line, name)
    return RenderingFailed(
        f"{_reason(error, name)} Xem {tag} ở {place}."
        if tag
        else f"{_reason(error, name)} Xem {place}."
    )


def refusal(error: PackageRefused, *, is_result: bool) -> RenderingFailed:
    """Return the failure for a template that cannot be opened, or a result that could not."""
    place = Place(error.part, "")
    if not is_result:
        return RenderingFailed(f"Tệp mẫu không dùng được ({error.fault}) ở {place}.")
    if error.fault is Fault.MALFORMED_XML:
        return RenderingFailed(
            "Mẫu tạo ra văn bản hỏng: một khối {% … %} mở và đóng ở hai chỗ không khớp nhau, "
            f"hoặc một giá trị đứng ngoài đoạn văn. Xem {place}."
        )
    return RenderingFailed(f"Mẫu tạo ra tệp không dùng được ({error.fault}) ở {place}.")


_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (
        BlockRefused,
        "Mẫu chèn cả đoạn văn bằng {{p … }}, không dùng được; hãy viết {{ … }} trong đoạn văn.",
    ),
    (
        NotRichText,
        "Mẫu dùng {{r … }} cho một giá trị không phải chữ có định dạng; hãy viết {{ … }}.",
    ),
    (
        NotPrintable,
        "Mẫu in một giá trị không phải văn bản hay số (để trống, danh sách hoặc nhóm).",
    ),
    (TooMuchWork, "Mẫu lặp quá nhiều lần hoặc chạy quá lâu."),
    (OutputTooLong, "Mẫu tạo ra văn bản quá dài."),
    (SecurityError, "Mẫu dùng một phép tính không được phép."),
    (ForbiddenCharacter, "Mẫu có ký tự điều khiển trong một thẻ."),
    (TemplateSyntaxError, "Mẫu sai cú pháp."),
    (SyntaxError, "Mẫu sai cú pháp, hoặc lồng khối {% … %} trong nhau quá nhiều tầng."),
    (RecursionError, "Mẫu có phép tính hoặc khối {% … %} lồng nhau quá nhiều tầng."),
    (MemoryError, "Mẫu có phép tính hoặc khối {% … %} lồng nhau quá nhiều tầng."),
)


def _reason(error: Exception, name: str) -> str:
    if isinstance(error, UndefinedError):
        return f"Dữ liệu không có “{name}” mà mẫu cần."
    known = (sentence for kind, sentence in _REASONS if isinstance(error, kind))
    return next(known, "Mẫu dùng một giá trị không đúng cách.")


def _line_of(error: Exception) -> int | None:
    """Return the line of the template that was running; Jinja writes it into the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((f.lineno for f in reversed(frames) if f.filename == "<template>"), None)


def _tag(source: str, line: int | None, name: str) -> str:
    """Return the template's own tag on that line, the one that says the name if there is one."""
    lines = source.splitlines()
    if line is None or not 0 < line <= len(lines):
        return ""
    text = _XML_TAG.sub("", lines[line - 1])
    tags = _TEMPLATE_TAG.findall(text)
    chosen = next((tag for tag in tags if name and re.search(rf"\b{re.escape(name)}\b", tag)), "")
    return _shortened(chosen or (tags[0] if len(tags) == 1 else f"“{text.strip()}”"))


def _shortened(text: str) -> str:
    return text if len(text) <= _MAX_EXCERPT else f"{text[:_MAX_EXCERPT]}…"
