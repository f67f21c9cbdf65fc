"""Which day a document may be dated when it takes the next number of a register."""

from datetime import date

from kernel.errors import InvalidInput, Located
from vnadmin.place_and_date import numeric_date

DATE = "#/issued_on"
REASON = "#/backdating_reason"


def check_issue_date(
    issued_on: date,
    *,
    today: date,
    document_year: int,
    last_issued_on: date | None,
    backdating_reason: str,
) -> None:
    """Refuse a day to come, a year that cannot be meant, and an unexplained step back.

    Number n+1 is not dated before number n of the same register and year (ND30, Điều 15): a
    register that goes back says why.
    """
    if issued_on > today:
        raise _invalid(DATE, f"Ngày ban hành không được sau hôm nay ({numeric_date(today)}).")
    if issued_on.year < document_year - 1:
        raise _invalid(
            DATE, f"Văn bản của năm {document_year} không thể ban hành năm {issued_on.year}."
        )
    if last_issued_on and issued_on < last_issued_on and not backdating_reason:
        raise _invalid(
            REASON,
            f"Số liền trước trong sổ ghi ngày {numeric_date(last_issued_on)}. "
            f"Muốn ghi ngày {numeric_date(issued_on)} phải nêu lý do ghi lùi ngày.",
        )


def _invalid(pointer: str, detail: str) -> InvalidInput:
    return InvalidInput(detail, errors=[Located(pointer, detail)])
