"""PDF renditions: the archive asks for one, the assembler makes it and hands it back."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from marshmallow import fields

from kernel.contracts.schema import Identifier, StrictSchema, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionRequest:
    """Archive → assembler: make the PDF of this version. Repeating it is harmless."""

    version_id: UUID
    sha256: str


class ConversionRequestSchema(StrictSchema):
    """Wire form of ConversionRequest."""

    target: ClassVar = ConversionRequest
    version_id = Identifier(required=True)
    sha256 = Text(required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenditionOutcome:
    """Assembler → archive: how the conversion of a version ended; the PDF travels beside it.

    `converter` names program and version ("LibreOffice 7.4.7.2"); `is_quick_view` is true where
    the PDF is not of record (bản xem nhanh); `failure` is the reason in Vietnamese, with no PDF.
    `notice` says in Vietnamese what is less than it should be about a PDF that was made: its fonts.
    """

    converter: str
    is_quick_view: bool
    pages: int
    failure: str = ""
    notice: str = ""


class RenditionOutcomeSchema(StrictSchema):
    """Wire form of RenditionOutcome."""

    target: ClassVar = RenditionOutcome
    converter = Text(required=True, blank=True)
    is_quick_view = fields.Boolean(required=True)
    pages = fields.Integer(required=True, strict=True)
    failure = Text(load_default="", blank=True, max_length=1_000)
    notice = Text(load_default="", blank=True, max_length=1_000)
