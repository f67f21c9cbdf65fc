"""The rules of a form as the script figures.js reads them from the page."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from services.intake.domain.forms import AskedIndicator, PeriodForm
from services.intake.domain.reconciling import own_parts


def figure_rules(
    form: PeriodForm, unit_code: str, last_year: Mapping[str, Decimal]
) -> dict[str, Any]:
    """Return what a unit's figures are held against; every figure is an exact text."""
    return {
        "indicators": [
            _rule(it, form, unit_code, last_year.get(it.code))
            for it in form.indicators_of(unit_code)
        ]
    }


def _rule(
    asked: AskedIndicator, form: PeriodForm, unit_code: str, last: Decimal | None
) -> dict[str, Any]:
    return {
        "code": asked.code,
        "name": asked.name,
        "unit": asked.unit,
        "decimals": asked.decimals,
        "plan": _exact(asked.plan),
        "base": _exact(asked.base),
        "within_base": asked.within_base,
        "jump_bound": _exact(asked.jump_bound),
        "parts": [it.code for it in own_parts(asked, form, unit_code)],
        "last": _exact(last),
    }


def _exact(figure: Decimal | None) -> str | None:
    return None if figure is None else format(figure, "f")
