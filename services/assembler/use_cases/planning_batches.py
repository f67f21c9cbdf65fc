"""What a batch consists of: its items, from the dossier and the templates in force."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from kernel.contracts.dossier import Dossier
from kernel.errors import InvalidInput, Located
from services.assembler.domain.batches import LARGEST_BATCH, BatchSubject, BatchTerms, NewItem
from services.assembler.domain.certificates import CertificateItem, IssuedDecision, certificates
from services.assembler.domain.deciding import decidable_awards
from services.assembler.domain.kinds import decides
from services.assembler.rendering.templates import Template
from services.assembler.use_cases.collaborators import Deps
from services.assembler.use_cases.template_workshop import template_in_force
from vnadmin.awards.titles import Award


def plan(
    dossier: Dossier, terms: BatchTerms, *, on: date, kind: str, office_id: UUID, deps: Deps
) -> Sequence[NewItem]:
    """Return the items of a batch, or raise InvalidInput with the field that is to blame."""
    if terms.subject is BatchSubject.CERTIFICATES:
        template = template_in_force(kind, office_id=office_id, deps=deps)
        items = _certificates(dossier, terms, on=on, template=template)
        field, nothing = "kind", "Hồ sơ của kỳ này chưa có ai được đề nghị hình thức khen này."
    else:
        items = _decisions(dossier, on=on, office_id=office_id, deps=deps)
        field, nothing = (
            "period_id",
            (
                "Hồ sơ của kỳ này không có đề nghị nào thuộc thẩm quyền quyết định của cơ quan vào "
                "ngày đó."
            ),
        )
    if not items:
        raise InvalidInput(nothing, errors=[Located(f"#/{field}", nothing)])
    if len(items) > LARGEST_BATCH:
        many = f"Đợt này có {len(items)} mục, quá giới hạn {LARGEST_BATCH} mục."
        raise InvalidInput(many, errors=[Located(f"#/{field}", many)])
    return items


def certificate_items(dossier: Dossier, terms: BatchTerms, on: date) -> Sequence[CertificateItem]:
    """Return what the certificates of a batch are filled with."""
    decision = IssuedDecision()
    if terms.decision_number:
        decision = IssuedDecision(number=terms.decision_number, issued_on=on)
    return certificates(
        dossier,
        award_code=terms.award,
        on=on,
        decision=decision,
        first_entry=terms.first_entry,
        on_stock=terms.on_stock,
    )


def _certificates(
    dossier: Dossier, terms: BatchTerms, *, on: date, template: Template
) -> list[NewItem]:
    try:
        found = certificate_items(dossier, terms, on)
    except (LookupError, ValueError) as exc:
        # The domain's own sentences: no such award, nobody's authority, no fit signer.
        raise InvalidInput(f"{exc}", errors=[Located("#/kind", f"{exc}")]) from exc
    return [
        NewItem(
            key=item.key,
            label=item.label,
            kind=template.kind,
            template_sha256=template.sha256,
            warning=item.warning,
        )
        for item in found
    ]


def _decisions(dossier: Dossier, *, on: date, office_id: UUID, deps: Deps) -> list[NewItem]:
    kinds = _kinds_by_award(deps)
    return [
        _decision(award, kinds.get(award.code), office_id=office_id, deps=deps)
        for award in decidable_awards(dossier.content, on)
    ]


def _kinds_by_award(deps: Deps) -> dict[str, str]:
    """Return the kind of decision by the award that it grants; the first of several."""
    found: dict[str, str] = {}
    for template in deps.templates.kinds():
        manifest = template.manifest
        if manifest.award and decides(manifest) and not manifest.is_per_awardee:
            found.setdefault(manifest.award, template.kind)
    return found


def _decision(award: Award, kind: str | None, *, office_id: UUID, deps: Deps) -> NewItem:
    if kind is None:
        missing = "Chưa có mẫu quyết định cho hình thức khen này; nhờ quản trị thêm mẫu."
        return NewItem(key=award.code, label=award.title, reason=missing)
    template = template_in_force(kind, office_id=office_id, deps=deps)
    return NewItem(
        key=award.code,
        label=template.manifest.title,
        kind=kind,
        template_sha256=template.sha256,
    )
