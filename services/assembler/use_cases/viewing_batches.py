"""Looking at a batch, and taking what it made: single files, all as a ZIP, all as one file."""

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from tempfile import SpooledTemporaryFile
from typing import IO
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.errors import Conflict
from services.assembler.domain.batches import (
    FORGOTTEN,
    Batch,
    BatchSubject,
    Item,
    ItemState,
    digest_of,
    file_name,
)
from services.assembler.domain.jobs import Job, stored
from services.assembler.persistence.batch_pdfs import WHOLE, BatchPdfs, PdfFacts
from services.assembler.persistence.batches import Batches
from services.assembler.persistence.jobs import Jobs
from services.assembler.rendering.bundles import one_document, write_zip
from services.assembler.use_cases.collaborators import Deps

PAGE = 200
_UNFIT = re.compile(r'[\\/:*?"<>|\n\t]')
_IN_MEMORY = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Some items, and the position after which the next page begins."""

    items: Sequence[Item] = ()
    next_after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """A batch with a page of its items, those that failed, and its one PDF as far as it is.

    `printed` is the job that prints the batch as it is now, None where nobody asked for it.
    """

    batch: Batch
    page: ItemPage = ItemPage()
    failed: Sequence[Item] = ()
    is_kept: bool
    printed: Job | None
    pdf: PdfFacts | None


@dataclass(frozen=True, slots=True)
class File:
    """A file on its way out, named in Vietnamese."""

    name: str
    content: bytes | IO[bytes]


def view_batch(batch_id: UUID, *, office_id: UUID, after: int = 0, deps: Deps) -> BatchView:
    """Return a batch with its items; absent and foreign give the same NotFound."""
    with deps.database.read() as session:
        batches = Batches(session, office_id=office_id)
        return replace(
            _summary(session, batch_id, office_id),
            page=_page(batches, batch_id, after),
            failed=batches.items(batch_id, limit=PAGE, state=ItemState.FAILED),
        )


def summarise_batch(batch_id: UUID, *, office_id: UUID, deps: Deps) -> BatchView:
    """Return a batch without its items, for those who ask every second."""
    with deps.database.read() as session:
        return _summary(session, batch_id, office_id)


def list_items(batch_id: UUID, *, office_id: UUID, after: int, deps: Deps) -> ItemPage:
    """Return a page of items, in their order."""
    with deps.database.read() as session:
        batches = Batches(session, office_id=office_id)
        batches.get(batch_id)
        return _page(batches, batch_id, after)


def item_file(batch_id: UUID, position: int, *, office_id: UUID, deps: Deps) -> File:
    """Return the document of one item."""
    with deps.database.read() as session:
        batches = Batches(session, office_id=office_id)
        batch = batches.get(batch_id)
        item, content = batches.item(batch_id, position)
    if content is None:
        raise Conflict(FORGOTTEN if item.state is ItemState.DONE else "Mục này chưa có văn bản.")
    return File(file_name(position, batch.tally.total, item.label), content)


def zip_file(batch_id: UUID, *, office_id: UUID, deps: Deps) -> File:
    """Return a ZIP of all that was made; the same batch gives the same bytes."""
    with deps.database.read() as session, ExitStack() as unless_whole:
        batches = Batches(session, office_id=office_id)
        batch = batches.get(batch_id)
        stream: IO[bytes] = unless_whole.enter_context(SpooledTemporaryFile(max_size=_IN_MEMORY))
        if not write_zip(stream, _named(batches, batch)):
            raise _nothing(batch)
        unless_whole.pop_all()
    stream.seek(0)
    return File(f"{_name(batch)}.zip", stream)


def merged_file(batch_id: UUID, *, office_id: UUID, deps: Deps) -> File:
    """Return one Word file of all that was made."""
    with deps.database.read() as session:
        batches = Batches(session, office_id=office_id)
        batch = batches.get(batch_id)
        if batch.terms.subject is not BatchSubject.CERTIFICATES:
            raise Conflict("Mỗi quyết định là một văn bản riêng; hãy tải tệp ZIP.")
        documents = [content for _, content in batches.documents(batch_id)]
    if not documents:
        raise _nothing(batch)
    return File(f"{_name(batch)}.docx", one_document(documents))


def pdf_file(batch_id: UUID, *, office_id: UUID, deps: Deps) -> File:
    """Return the one PDF of the batch as it is now."""
    with deps.database.read() as session:
        batches = Batches(session, office_id=office_id)
        batch = batches.get(batch_id)
        digest = digest_of(batches.hashes(batch_id).values())
        printed = Jobs(session, office_id=office_id).print_of(batch_id, digest)
        pdf = BatchPdfs(session, printed.id).get(WHOLE) if printed else None
    if pdf is None:
        raise Conflict("Bản PDF của đợt này chưa được tạo.")
    return File(f"{_name(batch)}.pdf", pdf.content)


def _summary(session: Session, batch_id: UUID, office_id: UUID) -> BatchView:
    batches = Batches(session, office_id=office_id)
    batch, hashes = batches.get(batch_id), batches.hashes(batch_id)
    digest = digest_of(hashes.values())
    printed = Jobs(session, office_id=office_id).print_of(batch_id, digest)
    return BatchView(
        batch=batch,
        is_kept=bool(hashes),
        printed=printed,
        pdf=BatchPdfs(session, printed.id).facts(WHOLE) if printed else None,
    )


def _page(batches: Batches, batch_id: UUID, after: int) -> ItemPage:
    items = batches.items(batch_id, after=after, limit=PAGE + 1)
    shown = items[:PAGE]
    return ItemPage(shown, shown[-1].position if len(items) > PAGE else None)


def _named(batches: Batches, batch: Batch) -> Iterator[tuple[str, bytes]]:
    for item, content in batches.documents(batch.job.id):
        yield file_name(item.position, batch.tally.total, item.label), content


def _nothing(batch: Batch) -> Conflict:
    return Conflict(FORGOTTEN if batch.tally.done else "Đợt này chưa có mục nào xong.")


def _name(batch: Batch) -> str:
    """Return "Giấy khen hàng loạt 12-QĐ-UBND", with nothing that a file system refuses."""
    which = batch.terms.decision_number or f"{stored(batch.on):%d-%m-%Y}"
    return _UNFIT.sub("-", f"{batch.job.title} {which}")
