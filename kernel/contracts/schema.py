"""Strict marshmallow building blocks: every edge of every service loads through these."""

from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields, post_load, validate

from kernel.text import cleaned, first_forbidden_character

SHORT = 300
LONG = 20_000

REQUIRED = "Bắt buộc nhập."


class StrictSchema(Schema):
    """Refuses unknown keys and, when `target` is set, loads into that frozen dataclass."""

    target: ClassVar[type | None] = None
    error_messages = {
        "unknown": "Trường này không có trong biểu mẫu.",
        "type": "Dữ liệu phải là một đối tượng JSON.",
    }

    @post_load
    def _build(self, data: dict[str, Any], **_: Any) -> Any:
        if self.target is None:
            return data
        return self.target(
            **{key: tuple(v) if isinstance(v, list) else v for key, v in data.items()}
        )


class Text(fields.String):
    """A text as typed: cleaned (see kernel.text), trimmed, bounded, without control characters."""

    default_error_messages = {
        "required": REQUIRED,
        "null": REQUIRED,
        "invalid": "Phải là văn bản.",
        "invalid_utf8": "Không phải UTF-8 hợp lệ.",
        "blank": REQUIRED,
        "forbidden": "Có ký tự điều khiển {code} ở vị trí {position}; hãy xóa và gõ lại.",
        "too_long": "Dài {length} ký tự, quá giới hạn {limit} ký tự.",
    }

    def __init__(self, *, max_length: int = SHORT, blank: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_length, self.blank = max_length, blank

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = cleaned(super()._deserialize(value, attr, data, **kwargs)).strip(" \t\n")
        if len(text) > self.max_length:
            raise self.make_error("too_long", length=len(text), limit=self.max_length)
        forbidden = first_forbidden_character(text)
        if forbidden:
            position, code = forbidden
            raise self.make_error("forbidden", code=code, position=position + 1)
        if not text and not self.blank:
            raise self.make_error("blank")
        return text


class Figure(fields.Decimal):
    """A figure of the report: exact, finite, at most 15 digits before and 6 after the point.

    Read from a JSON number or a string with a decimal point; written as a string.
    """

    default_error_messages = {
        "required": REQUIRED,
        "null": REQUIRED,
        "invalid": "Phải là một số.",
        "special": "Phải là một số hữu hạn.",
        "range": "Số quá lớn hoặc có quá nhiều chữ số thập phân.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(as_string=True, allow_nan=False, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, bool):
            raise self.make_error("invalid")
        number = super()._deserialize(value, attr, data, **kwargs)
        exponent = number.as_tuple().exponent
        if number.adjusted() > 14 or (isinstance(exponent, int) and exponent < -6):
            raise self.make_error("range")
        return number

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else format(value, "f")


class Nested(fields.Nested):
    """Nested object with messages that a Vietnamese reader understands."""

    default_error_messages = {
        "required": REQUIRED,
        "null": REQUIRED,
        "type": "Dữ liệu phải là một đối tượng.",
    }


class Items(fields.List[Any]):
    """A list of at most `limit` things; missing means empty."""

    default_error_messages = {
        "required": REQUIRED,
        "null": REQUIRED,
        "invalid": "Phải là một danh sách.",
    }

    def __init__(self, inner: fields.Field[Any], *, limit: int = 2_000, **kwargs: Any) -> None:
        if not kwargs.get("required"):
            kwargs.setdefault("load_default", ())
        error = f"Quá {limit} dòng."
        super().__init__(inner, validate=validate.Length(max=limit, error=error), **kwargs)


class Choice(Text):
    """One of a closed set of codes."""

    def __init__(self, choices: tuple[str, ...], **kwargs: Any) -> None:
        self.choices = choices
        super().__init__(**kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text and text not in self.choices:
            raise ValidationError(f"Phải là một trong: {', '.join(self.choices)}.")
        return text


class Identifier(fields.UUID):
    """An identifier."""

    default_error_messages = {
        "required": REQUIRED,
        "null": REQUIRED,
        "invalid_uuid": "Không phải là mã định danh hợp lệ.",
    }
