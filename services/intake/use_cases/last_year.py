"""Last year's figures: what was accepted then of the same unit, by the code of the indicator."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake.domain.forms import PeriodForm
from services.intake.domain.last_year import counterpart
from services.intake.domain.moves import State
from services.intake.persistence.documents import content_from
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import PeriodRow
from services.intake.persistence.offices import Units
from services.intake.persistence.periods import Periods
from services.intake.persistence.rounds import Rounds
from services.intake.persistence.submissions import Submissions


def figures_of(
    session: Session, unit_id: UUID, period: PeriodRow, form: PeriodForm
) -> Mapping[str, Decimal]:
    """Return the figures that `form` asks again, in the same unit of measure.

    A unit that reported nothing then is compared with those whose successor it is, taken together.
    """
    periods = Periods(session, office_id=period.office_id)
    earlier = counterpart(period, periods.newest_first())
    if earlier is None:
        return {}
    own = _comparable(session, unit_id, earlier, form)
    if own is not None:
        return own
    before = Units(session, office_id=period.office_id).merged_into(unit_id)
    return _together([_comparable(session, it.id, earlier, form) for it in before], form)


def _comparable(
    session: Session, unit_id: UUID, period: PeriodRow, now: PeriodForm
) -> dict[str, Decimal] | None:
    """Return what was accepted of the unit, if that is still measured so; None without any."""
    row = Submissions(session, office_id=period.office_id).find(period.id, unit_id)
    if row is None or row.state != State.ACCEPTED:
        return None
    then = FormEditions(session, office_id=period.office_id).form(row.edition_id)
    content = content_from(Rounds(session, row).get(row.round).content)
    found = {}
    for reported in content.indicators:
        before, after = then.indicator(reported.code), now.indicator(reported.code)
        if before and after and before.unit == after.unit and reported.actual is not None:
            found[reported.code] = reported.actual
    return found


def _together(reports: Sequence[dict[str, Decimal] | None], form: PeriodForm) -> dict[str, Decimal]:
    """Return the sums; what one of several has not told, or tells in per cent, has none."""
    told = [it for it in reports if it is not None]
    if not told or len(told) < len(reports):
        return {}
    codes = [code for code in told[0] if all(code in it for it in told)]
    return {
        code: sum((it[code] for it in told), Decimal(0))
        for code in codes
        if len(told) == 1 or _is_counted(form, code)
    }


def _is_counted(form: PeriodForm, code: str) -> bool:
    asked = form.indicator(code)
    return asked is not None and asked.unit != "%"
