"""Intake, as far as the assembler calls it."""

from collections.abc import Sequence
from uuid import UUID

from marshmallow import EXCLUDE, Schema, fields, post_load

from kernel.contracts.dossier import Dossier, DossierSchema
from kernel.contracts.schema import Identifier, Text
from kernel.http_client import ServiceClient
from services.assembler.domain.periods import OpenPeriod


class _PeriodSchema(Schema):
    """What the desk needs of a period; intake may say more of it."""

    class Meta:
        unknown = EXCLUDE

    id = Identifier(required=True)
    code = Text(required=True)
    title = Text(required=True, max_length=1_000)
    year = fields.Integer(required=True)
    accepted = fields.Integer(required=True)
    total = fields.Integer(required=True)

    @post_load
    def _to_period(self, data: dict[str, object], **_: object) -> OpenPeriod:
        return OpenPeriod(**data)  # type: ignore[arg-type]


class IntakeClient:
    """Asks intake over HTTP."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client

    def periods(self, *, office_id: UUID) -> Sequence[OpenPeriod]:
        """Return the periods of an office."""
        answer = self._client.call("GET", "/api/v1/periods", office_id=office_id).json()
        periods: list[OpenPeriod] = _PeriodSchema(many=True).load(answer)
        return periods

    def freeze_dossier(self, period_id: UUID, *, office_id: UUID, idempotency_key: str) -> Dossier:
        """Return the dossier of what is accepted now, frozen."""
        answer = self._client.call(
            "POST",
            f"/api/v1/periods/{period_id}/dossiers",
            office_id=office_id,
            idempotency_key=idempotency_key,
        )
        return _dossier(answer.json())

    def dossier(self, dossier_id: UUID, *, office_id: UUID) -> Dossier:
        """Return a frozen dossier."""
        answer = self._client.call("GET", f"/api/v1/dossiers/{dossier_id}", office_id=office_id)
        return _dossier(answer.json())


def _dossier(answer: object) -> Dossier:
    dossier: Dossier = DossierSchema().load(answer)  # type: ignore[arg-type]
    return dossier
