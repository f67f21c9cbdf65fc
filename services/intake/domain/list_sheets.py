"""The lists of a report as Excel tables: their columns, and rows to and fro."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kernel.contracts.dossier import Movement, Nomination
from services.intake.domain.content import ReportContent, ReportedIndicator, plan_of
from services.intake.domain.forms import Part, PeriodForm
from services.intake.domain.sheets import Choice, Column, ColumnKind, SheetRow
from vnadmin.awards.occasions import occasions
from vnadmin.awards.titles import NomineeKind

Item = Movement | Nomination | ReportedIndicator
Cells = Mapping[str, str | Decimal | None]

LISTS = (Part.MOVEMENTS, Part.INDICATORS, Part.NOMINATIONS)
_YES = (Choice(code="true", label="có"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What the columns of a list depend on."""

    part: Part
    form: PeriodForm
    unit_code: str
    on: date

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns of the list."""
        return _COLUMNS[self.part](self)

    def items(self, rows: Iterable[SheetRow]) -> tuple[Item, ...]:
        """Return what the rows say."""
        return tuple(_ITEMS[self.part](row) for row in rows)

    def cells(self, content: ReportContent) -> tuple[Cells, ...]:
        """Return the rows of what was reported; of indicators, all that are asked of the unit."""
        if self.part is Part.INDICATORS:
            return tuple(_indicator_cells(self, content))
        found: Iterable[Movement | Nomination] = (
            content.movements if self.part is Part.MOVEMENTS else content.nominations
        )
        return tuple(
            {column.code: getattr(it, column.code) for column in self.columns} for it in found
        )


def _movement_columns(_: Listing) -> tuple[Column, ...]:
    return (
        Column(
            code="name",
            title="Tên phong trào",
            required=True,
            max_length=500,
            aliases=("Phong trào", "Phong trào thi đua"),
        ),
        Column(
            code="result",
            title="Kết quả",
            max_length=20_000,
            aliases=("Kết quả thực hiện", "Kết quả đạt được"),
        ),
    )


def _nomination_columns(listing: Listing) -> tuple[Column, ...]:
    kinds = tuple(Choice(code=it.value, label=it.label.capitalize()) for it in NomineeKind)
    awards = tuple(Choice(code=it.code, label=it.title) for it in listing.form.awards)
    known = tuple(Choice(code=it.code, label=it.title) for it in occasions(listing.on))
    choice = ColumnKind.CHOICE
    return (
        Column(code="kind", title="Đối tượng", kind=choice, required=True, choices=kinds),
        Column(
            code="name",
            title="Họ và tên, tên tập thể",
            required=True,
            aliases=("Họ và tên", "Họ tên", "Tên", "Tên tập thể", "Tên cá nhân, tập thể"),
        ),
        Column(code="title", title="Chức vụ", aliases=("Chức danh", "Chức vụ, chức danh")),
        Column(code="unit", title="Đơn vị", aliases=("Đơn vị công tác", "Nơi công tác")),
        Column(
            code="award",
            title="Danh hiệu, hình thức khen thưởng",
            kind=choice,
            required=True,
            choices=awards,
            aliases=("Danh hiệu", "Hình thức khen thưởng", "Danh hiệu, hình thức"),
        ),
        Column(
            code="achievement",
            title="Thành tích",
            max_length=2_000,
            aliases=("Tóm tắt thành tích", "Thành tích tóm tắt"),
        ),
        Column(
            code="occasion",
            title="Loại hình khen thưởng",
            kind=choice,
            choices=known,
            aliases=("Loại hình",),
        ),
        Column(
            code="evidence",
            title="Minh chứng",
            max_length=2_000,
            hint="Số, ngày của văn bản, hoặc tên tài liệu kèm theo.",
        ),
    )


def _indicator_columns(listing: Listing) -> tuple[Column, ...]:
    codes = tuple(
        Choice(code=it.code, label=it.code) for it in listing.form.indicators_of(listing.unit_code)
    )
    figure, choice = ColumnKind.FIGURE, ColumnKind.CHOICE
    return (
        Column(
            code="code",
            title="Mã chỉ tiêu",
            kind=choice,
            required=True,
            choices=codes,
            aliases=("Mã",),
        ),
        Column(
            code="name",
            title="Tên chỉ tiêu",
            aliases=("Chỉ tiêu",),
            hint="Để dễ đọc; không được nhập vào báo cáo.",
        ),
        Column(
            code="unit_name",
            title="Đơn vị tính",
            aliases=("ĐVT",),
            hint="Để dễ đọc; không được nhập vào báo cáo.",
        ),
        Column(code="plan", title="Kế hoạch", kind=figure),
        Column(
            code="actual", title="Thực hiện", kind=figure, aliases=("Kết quả", "Kết quả thực hiện")
        ),
        Column(
            code="reported_percent",
            title="Tỷ lệ % (khi không có số liệu)",
            kind=figure,
            aliases=("Tỷ lệ", "Tỷ lệ %"),
            hint="Chỉ ghi khi không tính được từ kế hoạch và thực hiện.",
        ),
        Column(
            code="at_least",
            title="Trên mức",
            kind=choice,
            choices=_YES,
            hint="Ghi “có” khi số thực hiện là “trên …”.",
        ),
        Column(
            code="reason",
            title="Giải trình",
            max_length=2_000,
            aliases=("Lý do", "Ghi chú"),
        ),
    )


def _movement(row: SheetRow) -> Movement:
    return Movement(name=row["name"], result=row.values.get("result", ""))


def _nomination(row: SheetRow) -> Nomination:
    names = ("kind", "name", "award", "title", "unit", "achievement", "occasion", "evidence")
    return Nomination(**{name: row.values.get(name, "") for name in names})


def _indicator(row: SheetRow) -> ReportedIndicator:
    figures = {
        name: row.figure(name) if name in row.values else None
        for name in ("plan", "actual", "reported_percent")
    }
    return ReportedIndicator(
        code=row["code"],
        at_least=row.values.get("at_least") == "true",
        reason=row.values.get("reason", ""),
        **figures,
    )


def _indicator_cells(listing: Listing, content: ReportContent) -> Iterable[Cells]:
    for asked in listing.form.indicators_of(listing.unit_code):
        reported = content.indicator(asked.code)
        yield {
            "code": asked.code,
            "name": asked.name,
            "unit_name": asked.unit,
            "plan": plan_of(asked, reported),
            "actual": reported.actual,
            "reported_percent": reported.reported_percent,
            "at_least": "true" if reported.at_least else "",
            "reason": reported.reason,
        }


_COLUMNS: Mapping[Part, Callable[[Listing], tuple[Column, ...]]] = {
    Part.MOVEMENTS: _movement_columns,
    Part.NOMINATIONS: _nomination_columns,
    Part.INDICATORS: _indicator_columns,
}
_ITEMS: Mapping[Part, Callable[[SheetRow], Item]] = {
    Part.MOVEMENTS: _movement,
    Part.NOMINATIONS: _nomination,
    Part.INDICATORS: _indicator,
}
