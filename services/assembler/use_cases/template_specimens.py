"""What a template makes of sample data (bản thử): as Word, as pictures of its pages, as a PDF."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kernel.errors import InvalidInput
from services.assembler.rendering.pdf.converter import ConversionFailed
from services.assembler.rendering.preview import PageSize
from services.assembler.use_cases.collaborators import Deps
from services.assembler.use_cases.template_workshop import content_of_kind


@dataclass(frozen=True, slots=True)
class Trial:
    """A template of a kind (`version_id` None is the shipped one) and the sample to try it with."""

    kind: str
    version_id: UUID | None
    sample: str


def specimen(trial: Trial, *, office_id: UUID, deps: Deps) -> bytes:
    """Return the .docx that the template makes of the sample ("typical", "longest")."""
    samples: Mapping[str, Mapping[str, Any]] = deps.templates.get(trial.kind).samples
    if trial.sample not in samples:
        raise InvalidInput(f"Mẫu này không có dữ liệu thử “{trial.sample}”.")
    content = content_of_kind(trial.kind, trial.version_id, office_id=office_id, deps=deps)
    return deps.isolation.render(content, samples[trial.sample])


def pages(trial: Trial, *, office_id: UUID, deps: Deps) -> Sequence[PageSize]:
    """Return the pages that it makes; raises InvalidInput if they cannot be shown."""
    made = specimen(trial, office_id=office_id, deps=deps)
    with _shown_as_refusal():
        return deps.preview.pages(made)


def page(trial: Trial, number: int, *, office_id: UUID, deps: Deps) -> bytes:
    """Return one page, counted from 1, as a PNG."""
    made = specimen(trial, office_id=office_id, deps=deps)
    with _shown_as_refusal():
        return deps.preview.page(made, number)


def pdf(trial: Trial, *, office_id: UUID, deps: Deps) -> bytes:
    """Return the quick view (bản xem nhanh) as a PDF."""
    made = specimen(trial, office_id=office_id, deps=deps)
    with _shown_as_refusal():
        return deps.preview.pdf(made)


@contextmanager
def _shown_as_refusal() -> Iterator[None]:
    try:
        yield
    except ConversionFailed as exc:
        raise InvalidInput(exc.reason) from exc
