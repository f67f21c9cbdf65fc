"""Indicators (chỉ tiêu): every share is computed from plan, actual and base, never retyped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kernel.contracts.dossier import DossierField, Indicator, SectorReport
from services.assembler.domain import wording
from services.assembler.domain.ordering import natural_key
from vnadmin import amounts

PERCENT = "%"
_NOTHING = "–"
_AT_LEAST = "trên "


@dataclass(frozen=True, slots=True)
class Shares:
    """Tỷ lệ of one indicator, in hundredths; None where there is nothing to divide by."""

    of_plan: Decimal | None
    of_base: Decimal | None


def shares(indicator: Indicator) -> Shares:
    """Return what can be computed; a reported percent is no computation and is not used here."""
    return Shares(
        _share(indicator.actual, indicator.plan), _share(indicator.actual, indicator.base)
    )


def quantity(number: Decimal, unit: str, *, at_least: bool = False) -> str:
    """Return "12.000 m²", "trên 4.500 ngày công" or "92%"."""
    amount = amounts.format_number(number)
    gap = "" if unit in ("", PERCENT) else " "
    return f"{_AT_LEAST if at_least else ''}{amount}{gap}{unit}"


def sentence(indicator: Indicator, known: dict[str, Indicator]) -> str:
    """Return what the report says of an indicator, without its final mark; "" if it is unknown."""
    name = wording.upper_first(wording.one_line(indicator.name))
    if indicator.actual is None:
        reported = _reported(indicator)
        return f"{name}: {reported}" if reported else ""
    amount = _amount(indicator, indicator.actual)
    clauses = [amount, *_share_of_base(indicator), *_share_of_plan(indicator)]
    parts = [known[code] for code in indicator.parts if code in known]
    told = [_part(part, part.actual) for part in parts if part.actual is not None]
    if told:
        clauses.append(f"gồm {wording.enumerated(told)}")
    return f"{name}: {', '.join(clauses)}"


def sentences_of(field: str, sectors: Sequence[SectorReport]) -> list[str]:
    """Return the list of one field; a part is told inside its total and not again."""
    known = by_code(sectors)
    inside = _part_codes(known.values())
    mine = (it for it in known.values() if it.field == field and it.code not in inside)
    return wording.listed(sentence(indicator, known) for indicator in mine)


def table(headings: Sequence[DossierField], sectors: Sequence[SectorReport]) -> dict[str, Any]:
    """Return the rows of the annexed table, by field, parts under their total."""
    known = by_code(sectors)
    inside = _part_codes(known.values())
    groups: list[dict[str, Any]] = []
    for heading in headings:
        mine = [it for it in known.values() if it.field == heading.code and it.code not in inside]
        if mine:
            rows = [row for n, it in enumerate(mine, 1) for row in _rows(it, str(n), known)]
            label = amounts.roman(len(groups) + 1)
            groups.append({"label": label, "title": heading.title, "rows": rows})
    return {"groups": groups, "count": amounts.padded_count(sum(len(g["rows"]) for g in groups))}


def by_code(sectors: Sequence[SectorReport]) -> dict[str, Indicator]:
    """Return every indicator by its code, in the order of codes; the first report of one counts.

    A form numbers its indicators by their codes; the order of the sectors would tear a field apart.
    """
    known: dict[str, Indicator] = {}
    for sector in sectors:
        for indicator in sector.indicators:
            known.setdefault(indicator.code, indicator)
    return {code: known[code] for code in sorted(known, key=natural_key)}


def _share(actual: Decimal | None, whole: Decimal | None) -> Decimal | None:
    if actual is None or whole is None or whole <= 0:
        return None
    return amounts.percent(actual, whole)


def _amount(it: Indicator, actual: Decimal) -> str:
    """Return "65/740 hộ", "92%/85%" or "740 hộ": the actual over what it is measured by."""
    whole = it.base if it.base is not None else it.plan
    if whole is None or whole <= 0:
        return quantity(actual, it.unit, at_least=it.at_least)
    inner_unit = PERCENT if it.unit == PERCENT else ""
    return f"{quantity(actual, inner_unit, at_least=it.at_least)}/{quantity(whole, it.unit)}"


def _share_of_base(it: Indicator) -> list[str]:
    share = shares(it).of_base
    return [] if share is None else [f"đạt {_over(it)}{amounts.format_percent(share, it.decimals)}"]


def _share_of_plan(it: Indicator) -> list[str]:
    share = shares(it).of_plan
    if share is None:
        return []
    of_plan = f"đạt {_over(it)}{amounts.format_percent(share, it.decimals)} kế hoạch"
    if it.base is None or it.plan is None:
        return [of_plan]
    return [f"{of_plan} ({quantity(it.plan, it.unit)})"]


def _over(it: Indicator) -> str:
    return _AT_LEAST if it.at_least else ""


def _reported(it: Indicator) -> str:
    if it.reported_percent is None:
        return ""
    of_plan = f"đạt {amounts.format_percent(it.reported_percent, it.decimals)} kế hoạch"
    return of_plan if it.plan is None else f"{of_plan} ({quantity(it.plan, it.unit)})"


def _part(part: Indicator, actual: Decimal) -> str:
    amount = quantity(actual, part.unit, at_least=part.at_least)
    return f"{amount} {wording.lower_first(wording.one_line(part.name))}"


def _part_codes(indicators: Iterable[Indicator]) -> frozenset[str]:
    return frozenset(code for it in indicators for code in it.parts if code != it.code)


def _rows(it: Indicator, number: str, known: dict[str, Indicator]) -> list[dict[str, str]]:
    parts = [known[code] for code in it.parts if code in known and code != it.code]
    return [_row(it, number), *(_row(part, "", prefix="- ") for part in parts)]


def _row(it: Indicator, number: str, *, prefix: str = "") -> dict[str, str]:
    return {
        "number": number,
        "name": prefix + wording.upper_first(wording.one_line(it.name)),
        "unit": it.unit,
        "plan": _cell(it.plan),
        "actual": _cell(it.actual, at_least=it.at_least),
        "percent": _percent_cell(it),
        "note": _note(it),
    }


def _cell(number: Decimal | None, *, at_least: bool = False) -> str:
    return _NOTHING if number is None else quantity(number, "", at_least=at_least)


def _percent_cell(it: Indicator) -> str:
    computed = shares(it)
    share = next(
        (s for s in (computed.of_plan, computed.of_base, it.reported_percent) if s is not None),
        None,
    )
    return _NOTHING if share is None else amounts.format_percent(share, it.decimals)


def _note(it: Indicator) -> str:
    """Say what the share is measured by, where it is not the plan."""
    computed = shares(it)
    if computed.of_plan is not None:
        return ""
    if computed.of_base is not None and it.base is not None:
        return f"So với {quantity(it.base, it.unit)}"
    return "Theo đơn vị báo cáo" if it.reported_percent is not None else ""
