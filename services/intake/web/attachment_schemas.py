"""What crosses the edge about files that go with reports."""

from typing import ClassVar

from marshmallow import EXCLUDE, fields

from kernel.contracts.schema import Choice, Identifier, Nested, StrictSchema, Text
from services.intake.domain.forms import Part

PARTS = tuple(part.value for part in Part)


class SentFileSchema(StrictSchema):
    """What is said of the files that are sent."""

    class Meta:
        """The form also carries its token and the files themselves."""

        unknown = EXCLUDE

    part = Choice(PARTS, load_default="", blank=True)
    note = Text(load_default="", blank=True, max_length=500)


class AttachmentSchema(StrictSchema):
    """One file of a report."""

    target: ClassVar = None
    id = Identifier()
    name = Text(attribute="file.name")
    media_type = Text(attribute="file.media_type")
    size = fields.Integer(attribute="file.size")
    sha256 = Text(attribute="file.sha256")
    part = Text()
    note = Text()
    added_at = fields.AwareDateTime()
    added_by = Text()
    removed_at = fields.AwareDateTime(allow_none=True)


class AttachmentLimitsSchema(StrictSchema):
    """How large one file may be, and how many a report may have."""

    max_bytes = fields.Integer()
    max_count = fields.Integer()


class AttachmentsSchema(StrictSchema):
    """The files of a report."""

    target: ClassVar = None
    state = Text()
    may_be_edited = fields.Boolean()
    files = fields.List(Nested(AttachmentSchema))
    removed = fields.List(Nested(AttachmentSchema))
    limits = Nested(AttachmentLimitsSchema)
