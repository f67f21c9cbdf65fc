"""Last year's figures: what was accepted then of the same unit, by the code of the indicator."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake.domain.content import ReportContent
from services.intake.domain.forms import PeriodForm
from services.intake.domain.last_year import counterpart
from services.intake.persistence.documents import content_from
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import PeriodRow, SubmissionRow
from services.intake.persistence.periods import Periods
from services.intake.persistence.rounds import Rounds
from services.intake.persistence.submissions import Submissions


def figures_of(
    session: Session, unit_id: UUID, period: PeriodRow, form: PeriodForm
) -> Mapping[str, Decimal]:
    """Return the figures that `form` asks again, in the same unit of measure."""
    earlier = counterpart(period, Periods(session, office_id=period.office_id).newest_first())
    row = _accepted(session, unit_id, earlier) if earlier else None
    if row is None:
        return {}
    asked_then = FormEditions(session, office_id=period.office_id).form(row.edition_id)
    content = content_from(Rounds(session, row).get(row.round).content)
    return _comparable(content, asked_then, form)


def _accepted(session: Session, unit_id: UUID, period: PeriodRow) -> SubmissionRow | None:
    row = Submissions(session, office_id=period.office_id).find(period.id, unit_id)
    return row if row is not None and row.state == "accepted" else None


def _comparable(content: ReportContent, then: PeriodForm, now: PeriodForm) -> dict[str, Decimal]:
    found = {}
    for reported in content.indicators:
        before, after = then.indicator(reported.code), now.indicator(reported.code)
        if before and after and before.unit == after.unit and reported.actual is not None:
            found[reported.code] = reported.actual
    return found
