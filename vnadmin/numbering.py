"""Number and symbol of a document: written, built and read back."""

import re
from dataclasses import dataclass

from vnadmin.editions import load
from vnadmin.text_folding import compose

_LABEL = re.compile(r"\s*Số\s*:\s*")
_DIGITS = re.compile(r"[0-9]+")
# Groups of an abbreviation begin with a capital or a digit and may mix cases: QyĐ, TTr, HĐND&UBND.
_GROUP = re.compile(r"[^\W_]+(?:[.&][^\W_]+)*")


class InvalidNumber(ValueError):
    """A number and symbol that breaks the rule, with the place where it does."""

    def __init__(self, message: str, position: int = 0) -> None:
        super().__init__(f"{message} (vị trí {position + 1})")
        self.message = message
        self.position = position  # counted from 0 in the composed text


@dataclass(frozen=True, slots=True)
class NumberAndSymbol:
    """Số, ký hiệu văn bản: ``01/BC-TĐKT``; article 15 and Annex I part I section II.3 of ND30."""

    number: int
    symbol: str

    def __post_init__(self) -> None:
        if type(self.number) is not int or self.number < 1:
            raise InvalidNumber(f"Số văn bản phải là số nguyên từ 1 trở lên: {self.number!r}")
        object.__setattr__(self, "symbol", compose(self.symbol))
        _check_symbol(self.symbol, offset=0)

    @property
    def text(self) -> str:
        """The printed form; a number below 10 has a leading zero, no other has."""
        return f"{_padded(self.number)}/{self.symbol}"


def symbol_for(type_abbreviation: str, body_symbol: str) -> str:
    """Return the symbol of a named document or a copy: type, then issuer (``BC-TĐKT``)."""
    return _joined(type_abbreviation, body_symbol)


def letter_symbol(body: str, unit: str) -> str:
    """Return the symbol of an official letter: issuer, then drafting unit (``UBND-VX``)."""
    return _joined(body, unit)


def parse(text: str) -> NumberAndSymbol:
    """Read ``01/BC-TĐKT``, with or without the word "Số:" before it."""
    composed = compose(text).rstrip()
    label = _LABEL.match(composed)
    start = label.end() if label else len(composed) - len(composed.lstrip())
    digits = _DIGITS.match(composed, start)
    if digits is None:
        raise InvalidNumber("Thiếu số văn bản, phải là chữ số Ả Rập", start)
    number = int(digits.group())
    if number < 1 or digits.group() != _padded(number):
        raise InvalidNumber(f"Số phải viết là {_padded(max(number, 1))!r}", start)
    if not composed.startswith("/", digits.end()):
        raise InvalidNumber('Sau số phải là dấu "/", không có dấu cách', digits.end())
    symbol = composed[digits.end() + 1 :]
    _check_symbol(symbol, offset=digits.end() + 1)
    return NumberAndSymbol(number, symbol)


def _padded(number: int) -> str:
    return f"0{number}" if number < load().number_padding.numbers_below else str(number)


def _joined(first: str, second: str) -> str:
    symbol = compose(f"{first}-{second}")
    _check_symbol(symbol, offset=0)
    return symbol


def _check_symbol(symbol: str, offset: int) -> None:
    position = offset
    for group in symbol.split("-"):
        _check_group(group, position)
        position += len(group) + 1


def _check_group(group: str, position: int) -> None:
    found = _GROUP.match(group)
    if found is None:
        raise InvalidNumber("Ký hiệu thiếu nhóm chữ viết tắt hoặc có dấu cách thừa", position)
    if found.end() != len(group):
        wrong = group[found.end()]
        raise InvalidNumber(f"Ký hiệu có ký tự không dùng được {wrong!r}", position + found.end())
    if group[0].islower():
        raise InvalidNumber(f"Nhóm {group!r} của ký hiệu phải viết hoa", position)
