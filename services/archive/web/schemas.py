"""What crosses the edge of the archive, both ways."""

from typing import Any, ClassVar

from flask_smorest.fields import Upload
from marshmallow import Schema, ValidationError, fields, post_load, pre_load, validate, validates

from kernel.contracts.dossier import DossierRecipientSchema, SignerSchema
from kernel.contracts.paging import CursorField
from kernel.contracts.schema import REQUIRED, Choice, Identifier, StrictSchema, Text
from services.archive.domain.deliveries import InboxState
from services.archive.domain.documents import State
from services.archive.domain.listing import Query
from services.archive.domain.registers import RegisterDefinition, types_of
from services.archive.use_cases.preparing import IssueIntent
from vnadmin.numbering import InvalidNumber, NumberAndSymbol

_DATE_MESSAGES: dict[str, Any] = {
    "required": REQUIRED,
    "null": REQUIRED,
    "invalid": "Ngày không hợp lệ; hãy nhập dạng năm-tháng-ngày, ví dụ 2024-01-05.",
}
_YEARS = validate.Range(min=1945, max=2200, error="Năm phải từ 1945 đến 2200.")


class QuerySchema(StrictSchema):
    """Filters of a list, as they stand in an address; an empty one is no filter."""

    target: ClassVar = Query
    text = Text(data_key="q", blank=True)
    number = fields.Integer(
        validate=validate.Range(min=1, max=10**9, error="Số phải từ 1 trở lên."),
        error_messages={"invalid": "Số phải là chữ số."},
    )
    year = fields.Integer(validate=_YEARS, error_messages={"invalid": "Năm phải là chữ số."})
    document_type = Text(data_key="type", max_length=20)
    after = CursorField()

    @pre_load
    def _drop_empty(self, data: Any, **_: Any) -> dict[str, Any]:
        return {key: value for key, value in data.items() if str(value).strip()}


class DocumentQuerySchema(QuerySchema):
    """Filters of an office's own documents."""

    state = Choice(tuple(State))


class InboxQuerySchema(QuerySchema):
    """Filters of an inbox."""

    state = Choice(tuple(InboxState))
    office_id = Identifier(data_key="office")


class IssueIntentSchema(StrictSchema):
    """What is chosen before a document is issued."""

    target: ClassVar = IssueIntent
    version_id = Identifier(required=True)
    issued_on = fields.Date(required=True, error_messages=_DATE_MESSAGES)
    backdating_reason = Text(load_default="", blank=True, max_length=1_000)


class ConfirmedIssueSchema(StrictSchema):
    """The confirmation of a preview; `key` was put into the form when it was shown."""

    version_id = Identifier(required=True)
    issued_on = fields.Date(required=True, error_messages=_DATE_MESSAGES)
    backdating_reason = Text(load_default="", blank=True, max_length=1_000)
    expected_number = fields.Integer(required=True)
    key = Text(required=True, max_length=64)


class KeySchema(StrictSchema):
    """A form that carries nothing but its key."""

    key = Text(required=True, max_length=64)


class RegisterFormSchema(StrictSchema):
    """A register to open."""

    symbol = Text(required=True, max_length=50)
    title = Text(required=True)

    @validates("symbol")
    def _check_symbol(self, value: str, **_: Any) -> None:
        try:
            NumberAndSymbol(1, value)
        except InvalidNumber as exc:
            raise ValidationError(f"{exc.message}. Ví dụ đúng: BC-TĐKT, QĐ-UBND.") from exc

    @post_load
    def _build(self, data: dict[str, Any], **_: Any) -> RegisterDefinition:
        symbol = data["symbol"]
        types = types_of(symbol)
        first, _, rest = symbol.partition("-")
        return RegisterDefinition(
            code=symbol,
            title=data["title"],
            # A named document's symbol begins with its type, an official letter's with its issuer.
            issuing_body=rest if types == (first,) else first,
            symbol=symbol,
            document_types=types,
        )


class UploadSchema(Schema):
    """Form of an upload: one file. Whether it is there is told like every other fault of it."""

    file = Upload()


class RegisterSchema(Schema):
    """A register, and the years in which it gave numbers."""

    id = fields.UUID(required=True)
    symbol = fields.String(required=True)
    title = fields.String(required=True)
    document_types = fields.List(fields.String(), required=True)
    years = fields.List(fields.Integer(), required=True)


class IssueSchema(Schema):
    """Number, symbol and day of an issued document."""

    number = fields.Integer()
    symbol = fields.String()
    text = fields.String()
    issued_on = fields.Date()
    version_id = fields.UUID()
    issued_at = fields.AwareDateTime()


class RenditionSchema(Schema):
    """How far the PDF of a version is."""

    state = fields.String()
    sha256 = fields.String(allow_none=True)
    pages = fields.Integer()
    converter = fields.String()
    failure = fields.String()
    notice = fields.String()
    made_at = fields.AwareDateTime(allow_none=True)


class VersionSchema(Schema):
    """One version."""

    id = fields.UUID()
    ordinal = fields.Integer()
    origin = fields.String()
    sha256 = fields.String()
    size = fields.Integer()
    author = fields.String()
    created_at = fields.AwareDateTime()
    source_version_id = fields.UUID(allow_none=True)
    rendition = fields.Nested(RenditionSchema)


class SummarySchema(Schema):
    """One line of a list of documents."""

    id = fields.UUID()
    office_id = fields.UUID()
    office_name = fields.String()
    document_type = fields.String(attribute="facts.document_type")
    subject = fields.String(attribute="facts.subject")
    year = fields.Integer(attribute="facts.year")
    state = fields.String()
    issue = fields.Nested(IssueSchema, allow_none=True)
    updated_at = fields.AwareDateTime()


class DocumentSchema(SummarySchema):
    """A document with its versions."""

    issuing_body = fields.String(attribute="facts.issuing_body")
    issuing_body_name = fields.String(attribute="facts.issuing_body_name")
    register_symbol = fields.String(attribute="facts.register_symbol")
    place = fields.String(attribute="facts.place")
    signer = fields.Nested(SignerSchema, attribute="facts.signer")
    recipients = fields.List(fields.Nested(DossierRecipientSchema), attribute="facts.recipients")
    versions = fields.List(fields.Nested(VersionSchema))


class DeliverySchema(Schema):
    """One delivery."""

    id = fields.UUID()
    recipient_office_id = fields.UUID()
    recipient = fields.String()
    state = fields.String()
    sent_at = fields.AwareDateTime()
    opened_at = fields.AwareDateTime(allow_none=True)
    opened_by = fields.String()
    downloaded_at = fields.AwareDateTime(allow_none=True)
    downloaded_by = fields.String()
    acknowledged_at = fields.AwareDateTime(allow_none=True)
    acknowledged_by = fields.String()


class DocumentFileSchema(Schema):
    """A document with its deliveries."""

    document = fields.Nested(DocumentSchema)
    deliveries = fields.List(fields.Nested(DeliverySchema))


class DocumentPageSchema(Schema):
    """A piece of a list; `next` goes into `after` of the following request."""

    items = fields.List(fields.Nested(SummarySchema))
    next = fields.String(attribute="next.text", dump_default=None, allow_none=True)


class ReceivedSchema(Schema):
    """One line of an inbox."""

    document = fields.Nested(SummarySchema)
    delivery = fields.Nested(DeliverySchema)


class InboxPageSchema(Schema):
    """A piece of an inbox."""

    items = fields.List(fields.Nested(ReceivedSchema), attribute="page.items")
    next = fields.String(attribute="page.next.text", dump_default=None, allow_none=True)


class ReceivedDocumentSchema(Schema):
    """A received document."""

    document = fields.Nested(DocumentSchema)
    delivery = fields.Nested(DeliverySchema)


class IssueReceiptSchema(Schema):
    """What issuing gave."""

    document_id = fields.UUID()
    number = fields.Integer()
    symbol = fields.String()
    text = fields.String()
    issued_on = fields.Date()
    version_id = fields.UUID()
    sha256 = fields.String()


class UploadReceiptSchema(Schema):
    """Which version an upload is, and whether it is new."""

    document_id = fields.UUID()
    version_id = fields.UUID()
    version = fields.Integer()
    sha256 = fields.String()
    is_new = fields.Boolean()


class PushResultSchema(Schema):
    """What became of the outbox."""

    sent = fields.Integer()
    failed = fields.Integer()
