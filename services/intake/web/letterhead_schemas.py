"""The letterhead as it crosses the edge: as JSON, and as it is typed into the page."""

from typing import Any, ClassVar

from marshmallow import fields, validate

from kernel.contracts.dossier import DossierLegalBasis, IssuingBody, Signer
from kernel.contracts.schema import LONG, REQUIRED, Items, Nested, StrictSchema, Text
from services.intake.domain.office import Letterhead, ProfileRecipient
from services.intake.persistence.documents import LetterheadSchema
from services.intake.web.offices_schemas import Day

_NOT_NEGATIVE = validate.Range(min=0, max=10_000_000, error="Phải là một số không âm.")


class _Count(fields.Integer):
    """A number of things, as it is typed."""

    default_error_messages = {"invalid": "Phải là một số nguyên.", "null": REQUIRED}

    def __init__(self) -> None:
        super().__init__(load_default=0, validate=_NOT_NEGATIVE)


class ApiLetterheadSchema(LetterheadSchema):
    """Body and answer of the API."""

    villages = fields.Integer(load_default=0, strict=True, validate=_NOT_NEGATIVE)
    households = fields.Integer(load_default=0, strict=True, validate=_NOT_NEGATIVE)


class _Lines(Text):
    """A text area: one item a line."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        return tuple(line.strip() for line in text.split("\n") if line.strip())


class _Ticked(fields.Boolean):
    """A check box: absent is no."""

    def __init__(self) -> None:
        super().__init__(load_default=False)


class _BodySchema(StrictSchema):
    target: ClassVar = IssuingBody
    code = Text(required=True, max_length=64)
    name = Text(required=True)
    header = _Lines(required=True)
    symbol = Text(required=True)
    letter_unit = Text(load_default="", blank=True)


class _SignerSchema(StrictSchema):
    target: ClassVar = Signer
    name = Text(required=True)
    power = Text(load_default="", blank=True)
    title = Text(required=True)
    other_title = Text(load_default="", blank=True)


class _RecipientSchema(StrictSchema):
    target: ClassVar = ProfileRecipient
    label = Text(required=True)
    office_code = Text(load_default="", blank=True, max_length=64)
    is_addressee = _Ticked()
    is_file_copy = _Ticked()


class _BasisSchema(StrictSchema):
    target: ClassVar = DossierLegalBasis
    text = Text(required=True, max_length=LONG)
    valid_from = Day(load_default=None, allow_none=True)
    valid_to = Day(load_default=None, allow_none=True)


class TypedLetterheadSchema(StrictSchema):
    """The letterhead as it was typed into the page; blank rows are left out before."""

    target: ClassVar = Letterhead
    issuing_bodies = Items(Nested(_BodySchema), limit=50)
    signer = Nested(_SignerSchema, required=True)
    recipients = Items(Nested(_RecipientSchema), limit=100)
    legal_basis = Items(Nested(_BasisSchema), limit=100)
    villages = _Count()
    village_word = Text(required=True)
    households = _Count()
