"""Templates as programs see them."""

from flask_smorest.fields import Upload
from marshmallow import Schema, fields

from services.assembler.web.schemas import FindingSchema


class UploadSchema(Schema):
    """Form of an upload: one file. Whether it is there is told like every other fault of it."""

    file = Upload()


class TemplateVersionSchema(Schema):
    """A version that the office uploaded; an error among its findings keeps it out of use."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    number = fields.Integer(required=True)
    file_name = fields.String(required=True)
    sha256 = fields.String(required=True)
    uploaded_at = fields.AwareDateTime(required=True)
    is_in_force = fields.Boolean(required=True)
    is_publishable = fields.Boolean(required=True)
    findings = fields.List(fields.Nested(FindingSchema), required=True)


class PlaceholderFactsSchema(Schema):
    """A value that the template may print; `[]` in a path stands for each item of a list."""

    path = fields.String(required=True)
    type = fields.String(required=True)
    label = fields.String(required=True)
    example = fields.Raw(required=True, allow_none=True)
    optional = fields.Boolean(required=True)


class TemplateKindSchema(Schema):
    """A kind of document; `version_in_force` null is the template that came with the system."""

    kind = fields.String(required=True)
    title = fields.String(required=True)
    document_type = fields.String(required=True)
    version_in_force = fields.UUID(required=True, allow_none=True)


class TemplateSchema(TemplateKindSchema):
    """A kind of document with everything about its templates."""

    placeholders = fields.List(fields.Nested(PlaceholderFactsSchema), required=True)
    versions = fields.List(fields.Nested(TemplateVersionSchema), required=True)
