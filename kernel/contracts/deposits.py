"""What the assembler hands to the archive: a draft with all that issuing it will need."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from marshmallow import fields

from kernel.contracts.dossier import (
    DossierRecipient,
    DossierRecipientSchema,
    Signer,
    SignerSchema,
)
from kernel.contracts.schema import Identifier, Items, Nested, StrictSchema, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """A draft (dự thảo) for the archive. Its bytes travel beside it; `sha256` is theirs.

    `document_key` names the document over all its versions: a second deposit under the same key
    becomes its next version. `register_symbol` ("BC-TĐKT") picks the register at issue.
    `blockers` are the errors that the checks found, as sentences: such a draft is not issued.
    """

    document_key: str
    document_type: str
    subject: str
    year: int
    issuing_body: str
    issuing_body_name: str
    register_symbol: str
    place: str
    signer: Signer
    recipients: tuple[DossierRecipient, ...]
    template: str
    template_sha256: str
    dossier_id: UUID
    dossier_sha256: str
    sha256: str
    blockers: tuple[str, ...] = ()


class DepositSchema(StrictSchema):
    """Wire form of Deposit."""

    target: ClassVar = Deposit
    document_key = Text(required=True)
    document_type = Text(required=True)
    subject = Text(required=True, max_length=1_000)
    year = fields.Integer(required=True, strict=True)
    issuing_body = Text(required=True)
    issuing_body_name = Text(required=True)
    register_symbol = Text(required=True)
    place = Text(required=True)
    signer = Nested(SignerSchema, required=True)
    recipients = Items(Nested(DossierRecipientSchema), required=True)
    template = Text(required=True)
    template_sha256 = Text(required=True)
    dossier_id = Identifier(required=True)
    dossier_sha256 = Text(required=True)
    sha256 = Text(required=True)
    blockers = Items(Text(max_length=2_000))


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositReceipt:
    """The archive's answer: which version the bytes became; the same for a repeated deposit."""

    document_id: UUID
    version_id: UUID
    version: int
    sha256: str


class DepositReceiptSchema(StrictSchema):
    """Wire form of DepositReceipt."""

    target: ClassVar = DepositReceipt
    document_id = Identifier(required=True)
    version_id = Identifier(required=True)
    version = fields.Integer(required=True, strict=True)
    sha256 = Text(required=True)
