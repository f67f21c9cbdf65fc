"""The wording of the components that have one: names, number, date, labels, signer."""

import re
from collections.abc import Callable, Iterator

from vnadmin.checks.findings import LayoutFinding, Rule
from vnadmin.checks.lines import Line
from vnadmin.checks.wording import DATE
from vnadmin.editions import Edition
from vnadmin.numbering import InvalidNumber, NumberAndSymbol, parse
from vnadmin.recipients import ADDRESSEES_LABEL, RECIPIENTS_LABEL
from vnadmin.signing import InvalidSigner, signer_name

# A number is given after signing: until then dots, or nothing, stand in its place.
_STILL_OPEN = re.compile(r"[\s.…_]*")
_NUMBER_LINE = re.compile(r"(?P<label>số)\s*:\s*(?P<number>[^/]*)(?P<slash>/?)(?P<symbol>.*)", re.I)
_LABEL = "Số"


def check_text(line: Line, edition: Edition) -> Iterator[LayoutFinding]:
    """Yield how the words of a component depart from what the rule says they are."""
    check = _CHECKS.get(line.role)
    if check is not None:
        yield from check(line, edition)


def _check_national_name(line: Line, edition: Edition) -> Iterator[LayoutFinding]:
    heading = edition.heading
    if line.text.upper() not in (heading.national_name, *heading.national_name_variants):
        yield _rule("wording", line, edition).broken(
            line.place, "Quốc hiệu viết không đúng.", f"Viết đúng: {heading.national_name}"
        )


def _check_motto(line: Line, edition: Edition) -> Iterator[LayoutFinding]:
    if line.text != edition.heading.motto:
        yield _rule("wording", line, edition).broken(
            line.place,
            "Tiêu ngữ viết không đúng: chữ đầu mỗi cụm từ viết hoa, giữa các cụm từ là gạch nối "
            "có cách chữ hai bên.",
            f"Viết đúng: {edition.heading.motto}",
        )


def _check_number(line: Line, edition: Edition) -> Iterator[LayoutFinding]:
    rule = _rule("number-form", line, edition)
    found = _NUMBER_LINE.fullmatch(line.text)
    if found is None:
        return
    if found["label"] != _LABEL:
        yield rule.broken(line.place, "Từ “Số” phải viết thường.", "Viết: Số:")
    if not found["slash"]:
        if line.has_placeholder:
            return
        yield rule.broken(
            line.place, "Giữa số và ký hiệu thiếu dấu gạch chéo (/).", "Viết như: Số: 01/BC-UBND"
        )
        return
    if problem := _number_problem(found["number"].strip(), found["symbol"].strip()):
        yield rule.broken(
            line.place, f"Số, ký hiệu viết không đúng: {problem}.", "Viết như: Số: 01/BC-UBND"
        )


def _number_problem(number: str, symbol: str) -> str:
    """Return what is wrong with the parts that are written; a template leaves some to data."""
    is_open = "{{" in number or _STILL_OPEN.fullmatch(number) is not None
    if "{{" in symbol or (is_open and _STILL_OPEN.fullmatch(symbol)):
        return ""
    try:
        if is_open:
            NumberAndSymbol(1, symbol)
        else:
            parse(f"{number}/{symbol}")
    except InvalidNumber as exc:
        return exc.message[0].lower() + exc.message[1:]
    return ""


def _check_date(line: Line, edition: Edition) -> Iterator[LayoutFinding]:
    found, padding = DATE.search(line.text), edition.date_padding
    if found is None:
        return
    rule = Rule("date-form", padding.source, edition)
    for name, part, below in (
        ("ngày", found["day"], padding.days_below),
        ("tháng", found["month"], padding.months_below),
    ):
        if part.isdecimal() and len(part) == 1 and int(part) < below:
            yield rule.broken(
                line.place, f"Thiếu số 0 ở trước: {name} {part}.", f"Viết: {name} 0{part}"
            )
        elif part.isdecimal() and part.startswith("0") and int(part) >= below:
            yield rule.doubtful(
                line.place,
                f"Thừa số 0 ở trước: {name} {part}.",
                f"Viết: {name} {int(part)}; chỉ tháng 1 và tháng 2 có thêm số 0.",
            )


def _check_signer(line: Line, edition: Edition) -> Iterator[LayoutFinding]:
    try:
        signer_name(line.text)
    except InvalidSigner as exc:
        yield _rule("signer", line, edition).broken(
            line.place, f"{exc}.", "Chỉ ghi họ, chữ đệm và tên của người ký."
        )


def _check_recipients_label(line: Line, edition: Edition) -> Iterator[LayoutFinding]:
    if line.fixed_text.lower() != RECIPIENTS_LABEL.lower() and not line.has_placeholder:
        yield _rule("wording", line, edition).broken(
            line.place, "Từ “Nơi nhận” viết không đúng.", f"Viết đúng: {RECIPIENTS_LABEL}"
        )


def _check_addressees(line: Line, edition: Edition) -> Iterator[LayoutFinding]:
    text = line.text.lower()
    words = ADDRESSEES_LABEL.rstrip(":").lower()
    if text.startswith(words) and not text.startswith(ADDRESSEES_LABEL.lower()):
        yield _rule("wording", line, edition).broken(
            line.place, "Sau “Kính gửi” thiếu dấu hai chấm.", f"Viết đúng: {ADDRESSEES_LABEL}"
        )


def _rule(code: str, line: Line, edition: Edition) -> Rule:
    return Rule(code, edition.component(line.role).source, edition)


_CHECKS: dict[str, Callable[[Line, Edition], Iterator[LayoutFinding]]] = {
    "national_name": _check_national_name,
    "motto": _check_motto,
    "number_and_symbol": _check_number,
    "place_and_date": _check_date,
    "signer_name": _check_signer,
    "recipients_label": _check_recipients_label,
    "addressees": _check_addressees,
}
