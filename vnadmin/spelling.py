"""Whole numbers in Vietnamese words."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", " nghìn", " triệu")
_BILLION = 10**9
_LIMIT = _BILLION**3  # up to hàng tỷ tỷ; beyond, no reading is agreed upon


def spell(number: int, *, zero_tens: str = "linh") -> str:
    """Return a number from 0 in small letters; ``zero_tens`` is the word for an empty tens place.

    Each run of nine digits is read with nghìn and triệu, and followed by one tỷ for every run
    below it. A run that is all zero is silent.
    """
    if number >= _LIMIT:
        raise OverflowError(number)
    if number == 0:
        return _DIGITS[0]
    parts: list[str] = []
    for power in (2, 1, 0):
        run = number // _BILLION**power % _BILLION
        for place in (2, 1, 0):
            group = run // 1000**place % 1000
            if group:
                parts.append(_hundreds(group, bool(parts), zero_tens) + _SCALES[place])
        if run and power:
            parts[-1] += " tỷ" * power
    return " ".join(parts)


def _hundreds(group: int, has_higher: bool, zero_tens: str) -> str:
    hundreds, rest = divmod(group, 100)
    if not hundreds and not has_higher:
        return _tens(rest)
    spoken = f"{_DIGITS[hundreds]} trăm"
    if not rest:
        return spoken
    if rest < 10:
        return f"{spoken} {zero_tens} {_DIGITS[rest]}"
    return f"{spoken} {_tens(rest)}"


def _tens(rest: int) -> str:
    tens, units = divmod(rest, 10)
    if not tens:
        return _DIGITS[units]
    if tens == 1:
        return "mười" + {0: "", 5: " lăm"}.get(units, f" {_DIGITS[units]}")
    after_ten = {0: "", 1: " mốt", 4: " tư", 5: " lăm"}
    return f"{_DIGITS[tens]} mươi" + after_ten.get(units, f" {_DIGITS[units]}")
