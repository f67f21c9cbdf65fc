"""Freeze all accepted reports of a period into the dossier that feeds documents."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.contracts.dossier import (
    Dossier,
    DossierContent,
    DossierField,
    DossierOffice,
    DossierPeriod,
    DossierRecipient,
    Indicator,
    SectorReport,
)
from kernel.contracts.identity import office_id_for
from kernel.errors import Conflict, NotFound
from services.intake.domain.content import ReportContent, joined, told
from services.intake.domain.findings import Finding
from services.intake.domain.forms import PeriodForm
from services.intake.domain.office import Letterhead
from services.intake.domain.receipts import Call
from services.intake.domain.validity import day_of_period
from services.intake.persistence.council_sessions import CouncilSessions
from services.intake.persistence.documents import content_from, letterhead_from
from services.intake.persistence.dossiers import Dossiers, dossier_sha256
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import PeriodRow, RoundRow, SubmissionRow, UnitRow
from services.intake.persistence.offices import Offices, Units
from services.intake.persistence.periods import Periods
from services.intake.persistence.submissions import Submissions
from services.intake.use_cases.council_records import council_records
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.once import Memory, remembered
from services.intake.use_cases.outlines import (
    PeriodOutline,
    office_names,
    period_outline,
    unit_name,
)
from services.intake.use_cases.reconciling import findings_of_period


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPreview:
    """What would be frozen now, and what was frozen last."""

    period: PeriodOutline
    content: DossierContent | None
    sha256: str
    obstacle: str
    last: Dossier | None
    findings: tuple[Finding, ...] = ()

    @property
    def is_up_to_date(self) -> bool:
        """Say that freezing again would give the dossier that is there."""
        return self.last is not None and self.last.sha256 == self.sha256


def freeze_dossier(period_id: UUID, *, office_id: UUID, call: Call, deps: Deps) -> Dossier:
    """Freeze what is accepted now; the same content is the same dossier."""
    at = deps.now()
    with deps.database.begin() as session:
        dossiers = Dossiers(session, office_id=office_id)
        memory: Memory[Dossier] = Memory(
            keep=lambda dossier: {"dossier_id": str(dossier.id)},
            find=lambda kept: dossiers.get(UUID(kept["dossier_id"])),
        )

        def freeze() -> Dossier:
            period = Periods(session, office_id=office_id).get(period_id)
            sessions = CouncilSessions(session, office_id=office_id)
            sessions.hold_locked(period.id)
            content = _content(session, period, today=deps.today())
            dossier = dossiers.freeze(content, actor=call.actor, at=at)
            sessions.carry(dossier.id, [it.session_id for it in content.council])
            return dossier

        return remembered(session, call, freeze, memory, office_id=office_id, at=at)


def last_dossier(period_id: UUID, *, office_id: UUID, deps: Deps) -> Dossier:
    """Return the dossier of the period that was frozen last."""
    with deps.database.read() as session:
        period = Periods(session, office_id=office_id).get(period_id)
        dossier = Dossiers(session, office_id=office_id).last_frozen(period.id)
    if dossier is None:
        raise NotFound(
            "Kỳ báo cáo này chưa có hồ sơ tổng hợp. "
            "Hãy duyệt báo cáo của các ngành rồi chốt hồ sơ ở trang Tiếp nhận."
        )
    return dossier


def get_dossier(dossier_id: UUID, *, office_id: UUID, deps: Deps) -> Dossier:
    """Return one frozen dossier."""
    with deps.database.read() as session:
        return Dossiers(session, office_id=office_id).get(dossier_id)


def preview_dossier(period_id: UUID, *, office_id: UUID, deps: Deps) -> DossierPreview:
    """Return what would be frozen now beside what was frozen last; changes nothing."""
    with deps.database.read() as session:
        period = Periods(session, office_id=office_id).get(period_id)
        last = Dossiers(session, office_id=office_id).last_frozen(period.id)
        content, obstacle = None, ""
        try:
            content = _content(session, period, today=deps.today())
        except Conflict as exc:
            obstacle = exc.detail
        return DossierPreview(
            period=period_outline(period),
            content=content,
            sha256=dossier_sha256(content) if content else "",
            obstacle=obstacle,
            last=last,
            findings=findings_of_period(session, period),
        )


def _content(session: Session, period: PeriodRow, *, today: date) -> DossierContent:
    accepted = Submissions(session, office_id=period.office_id).accepted(period.id)
    if not accepted:
        raise Conflict("Chưa có báo cáo nào được duyệt, nên chưa có gì để chốt.")
    editions = FormEditions(session, office_id=period.office_id)
    form = editions.form(period.edition_id)
    forms = {row.edition_id: editions.form(row.edition_id) for row, _, _ in accepted}
    reported = {unit.id for _, _, unit in accepted}
    units = Units(session, office_id=period.office_id).reporting(period.due_on)
    day = day_of_period(period.due_on, today)
    return DossierContent(
        office=_office(session, period, day=day),
        period=DossierPeriod(id=period.id, code=period.code, title=period.title, year=period.year),
        headings=_headings(form, forms.values()),
        sectors=tuple(_sector(forms[row[0].edition_id], *row, day=day) for row in accepted),
        movements_from_above=form.movements_from_above,
        movements_commune_wide=form.movements_commune_wide,
        missing_units=tuple(unit_name(it, day) for it in units if it.id not in reported),
        council=council_records(session, period),
    )


def _sector(
    form: PeriodForm, submission: SubmissionRow, round_: RoundRow, unit: UnitRow, *, day: date
) -> SectorReport:
    content = content_from(round_.content)
    return SectorReport(
        unit_code=unit.code,
        unit_name=unit_name(unit, day),
        submission_id=submission.id,
        round=round_.number,
        movements=content.movements,
        indicators=tuple(_indicators(form, content, unit, day=day)),
        achievements=told(content),
        nominations=content.nominations,
        limitations=content.limitations,
        directions=content.directions,
    )


def _indicators(
    form: PeriodForm, content: ReportContent, unit: UnitRow, *, day: date
) -> Iterator[Indicator]:
    for asked in form.indicators_of(unit.code):
        reported = content.indicator(asked.code)
        if reported.is_blank:
            continue
        found = joined(asked, reported)
        # What several units report are several facts: each is told with its unit.
        if len(asked.unit_codes) > 1:
            found = replace(
                found,
                code=f"{asked.code}.{unit.code}",
                name=f"{asked.name} ({unit_name(unit, day)})",
                parts=(),
            )
        yield found


def _headings(current: PeriodForm, others: Iterable[PeriodForm]) -> tuple[DossierField, ...]:
    """Return the headings of the period, and after them those that only an older edition has."""
    headings: dict[str, DossierField] = {}
    for form in (current, *others):
        for heading in form.headings:
            headings.setdefault(heading.code, heading)
    return tuple(headings.values())


def _office(session: Session, period: PeriodRow, *, day: date) -> DossierOffice:
    offices = Offices(session)
    office = offices.get(period.office_id)
    letterhead = letterhead_from(office.letterhead)
    # A report is addressed to whoever stood above when it was due, not to a later successor.
    superior = offices.superior_on(office.id, day)
    if letterhead.signer is None or superior is None:
        raise Conflict("Đơn vị chưa khai báo người ký hoặc cơ quan cấp trên.")
    names = office_names(office, day)
    return DossierOffice(
        id=office.id,
        code=office.code,
        name=names.name,
        short_name=names.short_name,
        place=names.place,
        superior_name=office_names(superior, day).name,
        villages=letterhead.villages,
        village_word=letterhead.village_word,
        issuing_bodies=letterhead.issuing_bodies,
        signer=letterhead.signer,
        recipients=_recipients(letterhead),
        legal_basis=letterhead.legal_basis,
    )


def _recipients(letterhead: Letterhead) -> tuple[DossierRecipient, ...]:
    return tuple(
        DossierRecipient(
            label=it.label,
            office_id=office_id_for(it.office_code) if it.office_code else None,
            is_addressee=it.is_addressee,
            is_file_copy=it.is_file_copy,
        )
        for it in letterhead.recipients
    )
