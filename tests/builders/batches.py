"""Batches for tests: a certificate of one line, and as many awardees as a test needs."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from kernel.contracts.dossier import Dossier
from services.assembler.domain.batches import Batch, BatchSubject
from services.assembler.domain.jobs import Job
from services.assembler.rendering.templates import TemplateLibrary
from services.assembler.use_cases.collaborators import Deps
from services.assembler.use_cases.making_batches import make_batch
from services.assembler.use_cases.printing import print_batch
from services.assembler.use_cases.requesting_batches import RequestBatch, request_batch
from services.assembler.use_cases.viewing_batches import BatchView, view_batch
from services.assembler.use_cases.watching import view_job
from tests.builders.assembler import A_DAY, CLERK, OFFICE, TEMPLATES
from tests.builders.dossiers import a_dossier, a_nomination, a_sector
from tests.support.word_packages import paragraph, word_file

CERTIFICATE = "certificate_of_tests"
SOUND = "{{ awardee.name }}, theo Quyết định số {{ decision.number }}"
NUISANCE = "Trần Văn Lỗi"
# Breaks on one awardee, as a template does that counts on what not everybody has.
BRITTLE = SOUND + "{% if awardee.name == '" + NUISANCE + "' %}{{ awardee.nothing }}{% endif %}"
_SECTION = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
_MANIFEST = f"""
kind: {CERTIFICATE}
title: Giấy khen
document_type: GK
issuing_body: ubnd
subject: Giấy khen
award: commune_commendation
signing: head
one_for: awardee
"""


def a_certificate_template(text: str = SOUND) -> bytes:
    """Return a template that prints one paragraph on a page across."""
    return word_file(paragraph(text) + _SECTION)


def a_library(folder: Path, text: str = SOUND) -> TemplateLibrary:
    """Return the shipped templates and the certificate of tests."""
    folder.mkdir(parents=True, exist_ok=True)
    for shipped in TEMPLATES.iterdir():
        (folder / shipped.name).symlink_to(shipped)
    own = folder / CERTIFICATE
    own.mkdir()
    (own / "manifest.yml").write_text(_MANIFEST, encoding="utf-8")
    (own / "template.docx").write_bytes(a_certificate_template(text))
    return TemplateLibrary(folder)


def a_dossier_of(*names: str, awards: tuple[str, ...] = ("commune_commendation",)) -> Dossier:
    """Return a dossier in which these people are nominated for each of these awards."""
    nominations = tuple(a_nomination(name=name, award=it) for it in awards for name in names)
    content = replace(a_dossier().content, sectors=(a_sector(nominations=nominations),))
    return replace(a_dossier(), content=content)


def people(count: int) -> list[str]:
    """Return names that differ."""
    return [f"Nguyễn Văn Số {number:04}" for number in range(1, count + 1)]


def a_batch(
    deps: Deps, *, key: str | None = None, office_id: UUID = OFFICE, **changes: Any
) -> Batch:
    """Ask for certificates as the clerk."""
    usual: dict[str, Any] = {
        "subject": BatchSubject.CERTIFICATES,
        "period_id": UUID(int=7),
        "kind": CERTIFICATE,
        "on": A_DAY,
        "decision_number": "12/QĐ-UBND",
    }
    return request_batch(
        RequestBatch(**(usual | changes)),
        office_id=office_id,
        requested_by=CLERK,
        idempotency_key=key or uuid4().hex,
        deps=deps,
    )


def decisions(deps: Deps, **changes: Any) -> Batch:
    """Ask for all decisions as the clerk."""
    usual = {"subject": BatchSubject.DECISIONS, "kind": "", "decision_number": ""}
    return a_batch(deps, **(usual | changes))


def made(batch: Batch, deps: Deps, worker: str = "worker-a") -> BatchView:
    """Let a worker do one turn of the batch; return it as it is afterwards."""
    make_batch(batch.job.id, worker=worker, deps=deps)
    return seen(batch, deps)


def printed_whole(job: Job, deps: Deps) -> Job:
    """Let a worker print a batch, turn by turn, until the job has ended."""
    for _ in range(20):
        print_batch(job.id, worker="w", deps=deps)
        now = view_job(job.id, office_id=OFFICE, deps=deps)
        if now.is_finished:
            return now
    raise AssertionError("the print does not end")


def seen(batch: Batch, deps: Deps) -> BatchView:
    """Return the batch as it is."""
    return view_batch(batch.job.id, office_id=OFFICE, deps=deps)
