"""The form of a period (biểu mẫu): declared once, for the page, the checks and the API alike."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from kernel.contracts.dossier import DossierField
from kernel.errors import Located


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedIndicator:
    """Chỉ tiêu that one unit reports; `parts` are the indicators whose sum it must be."""

    code: str
    name: str
    field: str
    unit_code: str
    unit: str = ""
    base: Decimal | None = None
    parts: tuple[str, ...] = ()
    decimals: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedMovements:
    """Phong trào thi đua that a unit is expected to report on."""

    unit_code: str
    movements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardChoice:
    """Danh hiệu or hình thức khen thưởng that may be proposed, and for whom."""

    code: str
    title: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodForm:
    """What a period asks of every unit; pinned when the period opens."""

    headings: tuple[DossierField, ...] = ()
    indicators: tuple[AskedIndicator, ...] = ()
    expected_movements: tuple[ExpectedMovements, ...] = ()
    awards: tuple[AwardChoice, ...] = ()
    movements_from_above: tuple[str, ...] = ()
    movements_commune_wide: tuple[str, ...] = ()

    def indicators_of(self, unit_code: str) -> tuple[AskedIndicator, ...]:
        """Return the indicators that this unit reports, in the order of the form."""
        return tuple(it for it in self.indicators if it.unit_code == unit_code)

    def movements_of(self, unit_code: str) -> tuple[str, ...]:
        """Return the movements expected of this unit."""
        return tuple(
            name
            for expected in self.expected_movements
            if expected.unit_code == unit_code
            for name in expected.movements
        )

    def indicator(self, code: str) -> AskedIndicator | None:
        """Return the indicator with that code, if the form asks it."""
        return next((it for it in self.indicators if it.code == code), None)

    def award(self, code: str) -> AwardChoice | None:
        """Return the award with that code, if it may be proposed."""
        return next((it for it in self.awards if it.code == code), None)

    def heading_title(self, code: str) -> str:
        """Return the title of a heading; the code itself where there is none."""
        return next((it.title for it in self.headings if it.code == code), code)


def faults_of(form: PeriodForm, unit_codes: Iterable[str]) -> Iterator[Located]:
    """Yield what is wrong with a form before it may be asked of anybody."""
    units, headings = set(unit_codes), {it.code for it in form.headings}
    codes = Counter(it.code for it in form.indicators)
    for place, asked in enumerate(form.indicators):
        here = f"#/form/indicators/{place}"
        if codes[asked.code] > 1:
            yield Located(f"{here}/code", f"Mã chỉ tiêu {asked.code} bị trùng.")
        if asked.field not in headings:
            yield Located(f"{here}/field", f"Không có lĩnh vực {asked.field}.")
        if asked.unit_code not in units:
            yield Located(f"{here}/unit_code", f"Không có ngành {asked.unit_code}.")
        for part in asked.parts:
            if part not in codes:
                yield Located(f"{here}/parts", f"Không có chỉ tiêu thành phần {part}.")
    yield from _faults_of_movements(form, units)


def _faults_of_movements(form: PeriodForm, units: set[str]) -> Iterator[Located]:
    for place, expected in enumerate(form.expected_movements):
        if expected.unit_code not in units:
            yield Located(
                f"#/form/expected_movements/{place}/unit_code",
                f"Không có ngành {expected.unit_code}.",
            )
