"""Batches and their items in the words of pages and API."""

from typing import Any

from services.assembler.domain.batches import BatchSubject, Item, ItemState
from services.assembler.domain.jobs import Job, JobState
from services.assembler.use_cases.viewing_batches import BatchView
from services.assembler.use_cases.watching import Desk
from services.assembler.web.presenters import Badge, Option

HEADINGS = {
    BatchSubject.CERTIFICATES: "Làm giấy khen hàng loạt",
    BatchSubject.DECISIONS: "Soạn các quyết định của kỳ",
}
_ITEM_BADGES = {
    ItemState.QUEUED: Badge("Chờ", "secondary"),
    ItemState.DONE: Badge("Xong", "success"),
    ItemState.FAILED: Badge("Lỗi", "danger"),
}
_DOUBTFUL = Badge("Cần xem lại", "warning")
_BLOCKED = Badge("Xong, có lỗi phải sửa", "warning")


def batch_facts(view: BatchView) -> dict[str, Any]:
    """Return a batch as the API shows it."""
    batch, job = view.batch, view.batch.job
    of_job = (
        "id", "state", "progress", "step", "attempt", "reason", "title", "kind", "period_id", "on",
        "dossier_id", "dossier_sha256", "created_at", "started_at", "finished_at",
    )  # fmt: skip
    of_terms = ("decision_number", "first_entry", "on_stock")
    return {
        **{name: getattr(job, name) for name in of_job},
        **{name: getattr(batch.terms, name) for name in of_terms},
        "subject": batch.terms.subject.value,
        "total": batch.tally.total,
        "done": batch.tally.done,
        "failed": batch.tally.failed,
        "is_kept": view.is_kept,
        "pdf": _pdf_facts(view, view.printed) if view.printed else None,
    }


def item_facts(item: Item) -> dict[str, Any]:
    """Return an item as the API shows it."""
    names = ("position", "label", "kind", "reason", "warning", "sha256", "blockers")
    facts = {name: getattr(item, name) for name in names}
    facts |= {"state": item.state.value, "document_id": None, "version_id": None, "version": None}
    if item.place is not None:
        made = ("document_id", "version_id", "version")
        facts |= {name: getattr(item.place, name) for name in made}
    return facts


def item_badge(item: Item) -> Badge:
    """Return the state of an item as the clerk reads it."""
    if item.state is ItemState.DONE and item.blockers:
        return _BLOCKED
    if item.state is ItemState.DONE and item.warning:
        return _DOUBTFUL
    return _ITEM_BADGES[item.state]


def is_one_file(view: BatchView) -> bool:
    """Tell whether the documents belong together; decisions are documents of their own."""
    return view.batch.terms.subject is BatchSubject.CERTIFICATES


def waits_for_pdf(view: BatchView) -> bool:
    """Tell whether the PDF is on its way."""
    return view.printed is not None and not view.printed.is_finished


def is_pdf_lost(view: BatchView) -> bool:
    """Tell whether the PDF was made and is not kept any more."""
    return view.printed is not None and view.printed.state is JobState.DONE and view.pdf is None


def kind_options(desk: Desk) -> list[Option]:
    """Return the kinds of certificate to choose from."""
    return [(template.kind, template.manifest.title) for template in desk.certificates]


def _pdf_facts(view: BatchView, printed: Job) -> dict[str, Any]:
    return {
        "job_id": printed.id,
        "state": printed.state.value,
        "progress": printed.progress,
        "step": printed.step,
        "reason": printed.reason,
        "pages": view.pdf.pages if view.pdf else None,
        "is_quick_view": view.pdf.is_quick_view if view.pdf else None,
    }
