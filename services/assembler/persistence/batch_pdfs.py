"""PDFs of batches: parts while a print is under way, one file when it is done."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.assembler.persistence.models import BatchPdfRow

WHOLE = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFacts:
    """What is known of a PDF besides its bytes."""

    pages: int
    converter: str
    is_quick_view: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPdf:
    """A PDF of a batch."""

    facts: PdfFacts
    content: bytes


class BatchPdfs:
    """The PDFs of one print; whoever asks was given its job."""

    def __init__(self, session: Session, print_id: UUID) -> None:
        self._session, self._print_id = session, print_id

    def parts(self) -> list[int]:
        """Return the numbers of the parts that are made, in order."""
        wanted = select(BatchPdfRow.part).where(BatchPdfRow.job_id == self._print_id)
        return list(self._session.scalars(wanted.order_by(BatchPdfRow.part)))

    def facts(self, part: int) -> PdfFacts | None:
        """Return what is known of a part, None while it is not made."""
        row = self._session.get(BatchPdfRow, (self._print_id, part))
        return _facts_of(row) if row else None

    def get(self, part: int) -> KeptPdf | None:
        """Return a part."""
        row = self._session.get(BatchPdfRow, (self._print_id, part))
        return KeptPdf(facts=_facts_of(row), content=row.content) if row else None

    def keep(self, part: int, pdf: KeptPdf, *, now: datetime) -> None:
        """Keep a part."""
        row = BatchPdfRow(
            job_id=self._print_id,
            part=part,
            content=pdf.content,
            pages=pdf.facts.pages,
            converter=pdf.facts.converter,
            is_quick_view=pdf.facts.is_quick_view,
            made_at=now,
        )
        self._session.add(row)
        self._session.flush()

    def drop_parts(self) -> None:
        """Forget the parts; the whole stays."""
        self._session.execute(
            delete(BatchPdfRow)
            .where(BatchPdfRow.job_id == self._print_id, BatchPdfRow.part != WHOLE)
            .execution_options(synchronize_session=False)
        )


def _facts_of(row: BatchPdfRow) -> PdfFacts:
    return PdfFacts(pages=row.pages, converter=row.converter, is_quick_view=row.is_quick_view)
