"""The archive, as far as the assembler calls it."""

import json
from typing import Any
from uuid import UUID, uuid4

from marshmallow import Schema

from kernel.contracts.deposits import (
    Deposit,
    DepositReceipt,
    DepositReceiptSchema,
    DepositSchema,
)
from kernel.contracts.renditions import RenditionOutcome, RenditionOutcomeSchema
from kernel.http_client import ServiceClient

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PDF = "application/pdf"
# The outbox is pushed for all offices at once; the rows themselves say whose they are.
_EVERY_OFFICE = UUID(int=0)

_Parts = dict[str, tuple[str | None, bytes, str]]


class ArchiveClient:
    """Asks the archive over HTTP."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client

    def deposit(
        self, job_id: UUID, deposit: Deposit, docx: bytes, *, office_id: UUID
    ) -> DepositReceipt:
        """Hand over a draft; the same job and bytes give the same receipt."""
        parts = _parts(DepositSchema(), deposit)
        parts["file"] = ("draft.docx", docx, _DOCX)
        answer = self._client.call(
            "PUT",
            f"/api/v1/deposits/{job_id}",
            office_id=office_id,
            idempotency_key=str(job_id),
            files=parts,
        )
        receipt: DepositReceipt = DepositReceiptSchema().load(answer.json())
        return receipt

    def version_content(self, version_id: UUID, *, office_id: UUID) -> bytes:
        """Return the bytes of a version."""
        path = f"/api/v1/versions/{version_id}/content"
        return self._client.call("GET", path, office_id=office_id).content

    def put_rendition(
        self, version_id: UUID, outcome: RenditionOutcome, pdf: bytes | None, *, office_id: UUID
    ) -> None:
        """Hand over how a conversion ended."""
        parts = _parts(RenditionOutcomeSchema(), outcome)
        if pdf is not None:
            parts["file"] = ("rendition.pdf", pdf, _PDF)
        self._client.call(
            "PUT",
            f"/api/v1/versions/{version_id}/rendition",
            office_id=office_id,
            idempotency_key=uuid4().hex,
            files=parts,
        )

    def push_outbox(self) -> None:
        """Ask the archive to send again what it could not send."""
        self._client.call(
            "POST",
            "/api/v1/outbox/deliveries",
            office_id=_EVERY_OFFICE,
            idempotency_key=uuid4().hex,
        )


def _parts(schema: Schema, value: Any) -> _Parts:
    metadata = json.dumps(schema.dump(value), ensure_ascii=False)
    return {"metadata": (None, metadata.encode(), "application/json")}
