"""What the rules of the form find in a report: before it is handed in, accepted or frozen."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from kernel.errors import InvalidInput, Located
from services.intake.domain.content import ReportContent
from services.intake.domain.findings import Finding, open_among
from services.intake.domain.forms import PeriodForm
from services.intake.domain.reconciling import findings_in
from services.intake.domain.reconciling_across import concerns, findings_across
from services.intake.persistence.documents import content_from
from services.intake.persistence.edition_moves import EditionMoves
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import PeriodRow, RoundRow, SubmissionRow, UnitRow
from services.intake.persistence.offices import Units
from services.intake.persistence.periods import Periods
from services.intake.persistence.submissions import Submissions
from services.intake.use_cases.last_year import figures_of

_SHOWN = 3


def findings_of_unit(
    session: Session, content: ReportContent, form: PeriodForm, *, unit: UnitRow, period: PeriodRow
) -> tuple[Finding, ...]:
    """Return what is found in what a unit says, by itself and beside last year."""
    return findings_in(content, form, unit.code, figures_of(session, unit.id, period, form))


def findings_of_round(
    session: Session, row: SubmissionRow, round_: RoundRow
) -> tuple[Finding, ...]:
    """Return what is found in a round that was handed in, also beside what others had accepted."""
    period = Periods(session, office_id=row.office_id).get(row.period_id)
    unit = Units(session, office_id=row.office_id).get(row.unit_id)
    edition_id = EditionMoves(session, row).edition_of_round(round_.number)
    form = FormEditions(session, office_id=row.office_id).form(edition_id)
    content = content_from(round_.content)
    reports = {**accepted_reports(session, period), unit.code: content}
    across = findings_across(reports, form)
    own = findings_of_unit(session, content, form, unit=unit, period=period)
    return (*own, *(it for it in across if concerns(it, form, unit.code)))


def findings_of_period(session: Session, period: PeriodRow) -> tuple[Finding, ...]:
    """Return what is found between the accepted reports of a period."""
    form = FormEditions(session, office_id=period.office_id).form(period.edition_id)
    return findings_across(accepted_reports(session, period), form)


def accepted_reports(session: Session, period: PeriodRow) -> Mapping[str, ReportContent]:
    """Return the accepted reports by the code of their unit."""
    accepted = Submissions(session, office_id=period.office_id).accepted(period.id)
    return {unit.code: content_from(round_.content) for _, round_, unit in accepted}


def errors_of(findings: tuple[Finding, ...]) -> tuple[Located, ...]:
    """Return what keeps a report from being handed in: each with the field to be mended."""
    return tuple(Located(it.pointer, it.message) for it in open_among(findings))


def with_findings(
    errors: tuple[Located, ...], findings: tuple[Finding, ...]
) -> tuple[Located, ...]:
    """Return both; the rule that knows both numbers speaks, where two speak of one field."""
    unreconciled = errors_of(findings)
    said = {it.pointer for it in unreconciled}
    return (*unreconciled, *(it for it in errors if it.pointer not in said))


def refuse_unexplained(findings: tuple[Finding, ...], reason: str) -> None:
    """Raise InvalidInput where a report would be accepted over open findings without a word."""
    waiting = open_among(findings)
    if not waiting or reason.strip():
        return
    told = "; ".join(f"{it.name}: {it.message}" for it in waiting[:_SHOWN])
    more = f" (và {len(waiting) - _SHOWN} chỗ khác)" if len(waiting) > _SHOWN else ""
    detail = f"Số liệu còn chỗ chưa khớp. {told}{more} Nêu lý do nếu vẫn duyệt."
    raise InvalidInput(detail, errors=[Located("#/findings_reason", detail)])
