"""The assembler, as far as the archive calls it."""

from typing import Protocol
from uuid import UUID

from kernel.contracts.renditions import ConversionRequest, ConversionRequestSchema
from kernel.http_client import ServiceClient


class Converter(Protocol):
    """Whoever makes PDFs on request."""

    def ask(self, request: ConversionRequest, *, office_id: UUID) -> None:
        """Ask for the PDF of a version; it comes later, by a call of its own."""


class AssemblerConverter:
    """Asks the assembler over HTTP."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client

    def ask(self, request: ConversionRequest, *, office_id: UUID) -> None:
        """Ask; asking twice for one version makes one PDF."""
        self._client.call(
            "POST",
            "/api/v1/conversions",
            office_id=office_id,
            idempotency_key=str(request.version_id),
            attempts=1,  # somebody waits for this page; what is not sent now, beat has sent later
            json=ConversionRequestSchema().dump(request),
        )
