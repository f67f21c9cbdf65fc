"""Indicators as a table of Excel (bảng chỉ tiêu): its columns, and rows in both directions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kernel.errors import Located
from services.intake.domain.form_editing import proposed_code
from services.intake.domain.form_faults import MOST_DECIMALS
from services.intake.domain.forms import AskedIndicator, PeriodForm
from services.intake.domain.sheets import Choice, Column, ColumnKind, SheetRow, heading_key, refused

MOST_ROWS = 500
_YES = (Choice(code="true", label="Có"), Choice(code="false", label="Không"))

CODE = Column(code="code", title="Mã", max_length=64, aliases=("Mã chỉ tiêu",))
NAME = Column(code="name", title="Tên chỉ tiêu", required=True, aliases=("Chỉ tiêu", "Nội dung"))
UNIT = Column(code="unit", title="Đơn vị tính", max_length=64, aliases=("ĐVT", "Đơn vị"))
SECTORS = Column(
    code="unit_codes",
    title="Ngành báo cáo",
    max_length=2_000,
    aliases=("Ngành", "Đơn vị báo cáo"),
    hint="Tên hoặc mã ngành; nhiều ngành thì cách nhau bằng dấu chấm phẩy.",
)
PLAN = Column(
    code="plan", title="Kế hoạch", kind=ColumnKind.FIGURE, aliases=("KH", "Kế hoạch giao")
)
BASE = Column(code="base", title="Tổng số", kind=ColumnKind.FIGURE)
JUMP = Column(code="jump_bound", title="Lệch năm trước (%)", kind=ColumnKind.FIGURE)
DECIMALS = Column(code="decimals", title="Số chữ số thập phân", kind=ColumnKind.FIGURE)
WITHIN = Column(
    code="within_base", title="Không vượt tổng số", kind=ColumnKind.CHOICE, choices=_YES
)
LOWER = Column(
    code="better_when_lower", title="Càng thấp càng tốt", kind=ColumnKind.CHOICE, choices=_YES
)
PARTS = Column(
    code="parts",
    title="Gồm các chỉ tiêu",
    max_length=2_000,
    hint="Mã các chỉ tiêu thành phần, cách nhau bằng dấu chấm phẩy.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The form into which a table is read, and the units by code."""

    form: PeriodForm
    unit_names: Mapping[str, str]


def columns_for(form: PeriodForm) -> tuple[Column, ...]:
    """Return the columns; the headings of the form are the choices of one of them."""
    return (
        CODE,
        NAME,
        _field(form),
        UNIT,
        SECTORS,
        PLAN,
        BASE,
        DECIMALS,
        JUMP,
        WITHIN,
        LOWER,
        PARTS,
    )


def sheet_rows(form: PeriodForm, unit_names: Mapping[str, str]) -> list[dict[str, object]]:
    """Return the indicators as rows that are read back as the same indicators."""
    return [
        {
            "code": it.code,
            "name": it.name,
            "field": it.field,
            "unit": it.unit,
            "unit_codes": "; ".join(unit_names.get(code, code) for code in it.unit_codes),
            "plan": it.plan,
            "base": it.base,
            "decimals": Decimal(it.decimals),
            "jump_bound": it.jump_bound,
            "within_base": "true" if it.within_base else "false",
            "better_when_lower": "true" if it.better_when_lower else "false",
            "parts": "; ".join(it.parts),
        }
        for it in form.indicators
    ]


def indicators_from(rows: Sequence[SheetRow], around: Surroundings) -> tuple[AskedIndicator, ...]:
    """Return the indicators of a table; all that is wrong raises InvalidInput."""
    errors: list[Located] = []
    found: list[AskedIndicator] = []
    taken = {it.code for it in around.form.indicators}
    named: dict[str, int] = {}
    for row in rows:
        errors += _faults(row, around, named)
        code = row["code"] or _known_code(row, around) or proposed_code(row["name"], taken)
        taken.add(code)
        found.append(_indicator(row, code, around))
    if errors:
        raise refused(errors)
    return tuple(found)


def _indicator(row: SheetRow, code: str, around: Surroundings) -> AskedIndicator:
    decimals = row.figure("decimals")
    return AskedIndicator(
        code=code,
        name=row["name"],
        field=row["field"],
        unit=row["unit"],
        unit_codes=tuple(it for _, it in _sectors(row, around) if it),
        plan=row.figure("plan"),
        base=row.figure("base"),
        jump_bound=row.figure("jump_bound"),
        decimals=2 if decimals is None else int(decimals),
        within_base=row["within_base"] == "true",
        better_when_lower=row["better_when_lower"] == "true",
        parts=tuple(_pieces(row["parts"])),
    )


def _faults(row: SheetRow, around: Surroundings, named: dict[str, int]) -> Iterator[Located]:
    if row["code"]:
        if row["code"] in named:
            yield row.error(CODE, f"mã này đã có ở dòng {named[row['code']]}.")
        named.setdefault(row["code"], row.number)
    for typed, code in _sectors(row, around):
        if code is None:
            yield row.error(SECTORS, f"không có ngành “{typed}”.")
    decimals = row.figure("decimals")
    if decimals is not None and decimals not in range(MOST_DECIMALS + 1):
        yield row.error(DECIMALS, f"phải là số nguyên từ 0 đến {MOST_DECIMALS}.")


def _sectors(row: SheetRow, around: Surroundings) -> list[tuple[str, str | None]]:
    by_key = {heading_key(name): code for code, name in around.unit_names.items()}
    by_key |= {heading_key(code): code for code in around.unit_names}
    return [(it, by_key.get(heading_key(it))) for it in _pieces(row["unit_codes"])]


def _known_code(row: SheetRow, around: Surroundings) -> str:
    """Return the code of the indicator that is called so and stands under the same heading."""
    return next(
        (
            it.code
            for it in around.form.indicators
            if (heading_key(it.name), it.field) == (heading_key(row["name"]), row["field"])
        ),
        "",
    )


def _pieces(text: str) -> list[str]:
    return [it.strip() for it in text.replace("\n", ";").split(";") if it.strip()]


def _field(form: PeriodForm) -> Column:
    return Column(
        code="field",
        title="Lĩnh vực",
        kind=ColumnKind.CHOICE,
        required=True,
        choices=tuple(Choice(code=it.code, label=it.title or it.code) for it in form.headings),
    )
