"""Numbers, shares and money as Vietnamese documents write them; binary floats are refused."""

from decimal import ROUND_HALF_UP, Context, Decimal

from vnadmin.editions import load
from vnadmin.spelling import spell

_MAX_DIGITS = 24  # nothing a commune reports is longer; a typing slip such as 1E+999999 is
_QUOTIENT_DIGITS = 3 * _MAX_DIGITS
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_ROMAN_MAX = 3999


class InvalidAmount(ValueError):
    """A number that cannot be written as asked."""


def format_number(value: int | Decimal, decimals: int | None = None) -> str:
    """Return ``1.234,5``; with ``decimals`` rounded half up to exactly so many places."""
    exact = _exact(value)
    if decimals is None:
        return _grouped(_without_trailing_zeros(f"{exact:f}"))
    return _grouped(f"{_rounded(exact, decimals):f}")


def format_percent(value: Decimal, decimals: int = 2, *, keeps_zeros: bool = False) -> str:
    """Return ``8,78%``: half up, at most ``decimals`` places, exactly so many with ``keeps_zeros``.

    The value is already in hundredths, as ``percent`` gives it.
    """
    text = f"{_rounded(_exact(value), decimals):f}"
    return _grouped(text if keeps_zeros else _without_trailing_zeros(text)) + "%"


def percent(actual: int | Decimal, base: int | Decimal) -> Decimal:
    """Return actual / base × 100, exact enough that rounding it for display is never off.

    A quotient that is no half is further from one than the digits kept here can blur.
    """
    part, whole = _exact(actual, _MAX_DIGITS), _exact(base, _MAX_DIGITS)
    if whole <= 0:
        raise InvalidAmount("Số gốc phải lớn hơn 0 mới tính được tỷ lệ phần trăm")
    context = Context(prec=_QUOTIENT_DIGITS)
    return context.divide(context.multiply(part, Decimal(100)), whole)


def format_money(dong: int) -> str:
    """Return ``29.160.000 đồng``."""
    return f"{format_number(_whole(dong))} đồng"


def in_words(n: int, *, zero_tens: str = "linh") -> str:
    """Return the number in words with a capital first letter; ``zero_tens`` may be "lẻ"."""
    number = _whole(n)
    if number < 0:
        raise InvalidAmount(f"Không đọc số âm bằng chữ: {number}")
    try:
        words = spell(number, zero_tens=zero_tens)
    except OverflowError as exc:
        raise InvalidAmount(f"Số quá lớn, không đọc được bằng chữ: {number}") from exc
    return words[0].upper() + words[1:]


def money_in_words(dong: int) -> str:
    """Return ``Hai mươi chín triệu một trăm sáu mươi nghìn đồng``."""
    return f"{in_words(dong)} đồng"


def padded_count(n: int) -> str:
    """Return a count as award texts write it: ``05``, ``70``, ``1.200``; zero stays ``0``."""
    count = _whole(n)
    if count < 0:
        raise InvalidAmount(f"Số lượng không thể âm: {count}")
    return f"0{count}" if 0 < count < 10 else format_number(count)


def roman(n: int) -> str:
    """Return a Roman numeral, which parts, chapters and annexes carry; counted from 1."""
    rest = _whole(n)
    if not 1 <= rest <= _ROMAN_MAX:
        raise InvalidAmount(f"Không viết được bằng số La Mã: {n}")
    numeral = ""
    for value, letters in _ROMAN:
        count, rest = divmod(rest, value)
        numeral += letters * count
    return numeral


def list_letter(i: int) -> str:
    """Return the letter of the i-th point (điểm), counted from 1: a, b, c, d, đ, e, g, …"""
    letters = load().list_letters
    if not 1 <= _whole(i) <= len(letters):
        raise InvalidAmount(f"Danh sách điểm chỉ có từ 1 đến {len(letters)} chữ cái, không có {i}")
    return letters[i - 1]


def _whole(value: int) -> int:
    if type(value) is not int:
        raise InvalidAmount(f"Cần số nguyên, không phải {value!r}")
    return value


def _exact(value: int | Decimal, longest: int = _QUOTIENT_DIGITS) -> Decimal:
    if type(value) is not int and not isinstance(value, Decimal):
        raise InvalidAmount(f"Cần số nguyên hoặc số thập phân chính xác, không phải {value!r}")
    exact = Decimal(value)
    if not exact.is_finite():
        raise InvalidAmount(f"Không phải là một số: {value}")
    if len(exact.as_tuple().digits) > longest or abs(exact.adjusted()) > longest:
        raise InvalidAmount("Số quá dài")
    return exact


def _rounded(exact: Decimal, decimals: int) -> Decimal:
    if not 0 <= _whole(decimals) <= _MAX_DIGITS:
        raise InvalidAmount(f"Số chữ số thập phân không hợp lệ: {decimals}")
    unit = Decimal(1).scaleb(-decimals)
    context = Context(prec=2 * _QUOTIENT_DIGITS)
    return exact.quantize(unit, rounding=ROUND_HALF_UP, context=context)


def _without_trailing_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _grouped(text: str) -> str:
    """Put dots between thousands and a comma before the decimals; zero has no sign."""
    whole, _, decimals = text.removeprefix("-").partition(".")
    is_negative = text.startswith("-") and text.strip("-0.") != ""
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{'-' if is_negative else ''}{grouped}{',' if decimals else ''}{decimals}"
