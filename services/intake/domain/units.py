"""What a unit (ngành) may be called in addresses and tables."""

import re

CODE_FAULT = "Mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối, ví dụ: van-hoa."
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


def is_code(text: str) -> bool:
    """Say whether the text may be a code."""
    return _CODE.fullmatch(text) is not None
