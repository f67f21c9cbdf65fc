"""What crosses the edge of the pages and calls about parts of a report."""

from marshmallow import EXCLUDE, fields
from marshmallow.validate import Range

from kernel.contracts.schema import Choice, Identifier, Items, Nested, StrictSchema, Text
from services.intake.domain.forms import Part
from services.intake.domain.merging import Side
from services.intake.persistence.documents import ReportContentSchema

_SIDES = tuple(it.value for it in Side)
_PARTS = tuple(it.value for it in Part)
_VERSION = Range(min=0, max=2**31 - 1)


class SettleFormSchema(StrictSchema):
    """The form of the page that shows two texts; its rows are read one by one."""

    class Meta:
        """The form also carries its token and its rows."""

        unknown = EXCLUDE

    choice = Choice(("mine", "theirs", "both", "by_hand"), required=True)
    version = fields.Integer(required=True, validate=_VERSION)
    idempotency_key = Text(required=True, max_length=100)


class CopyFormSchema(StrictSchema):
    """The form that copies from last period; its boxes are read one by one."""

    class Meta:
        """The form also carries its token and its boxes."""

        unknown = EXCLUDE

    idempotency_key = Text(required=True, max_length=100)


class ImportFormSchema(StrictSchema):
    """The form that confirms an import: what was shown, and what becomes of the rows there are."""

    class Meta:
        """The form also carries its token."""

        unknown = EXCLUDE

    items = fields.String(required=True)
    mode = Choice(("add", "replace"), required=True)
    version = fields.Integer(required=True, validate=_VERSION)
    idempotency_key = Text(required=True, max_length=100)


class ApiSavePartSchema(StrictSchema):
    """Body of PUT /periods/{id}/parts/{part}."""

    version = fields.Integer(required=True, strict=True, validate=_VERSION)
    content = Nested(ReportContentSchema, required=True)
    editor = Text(load_default="", blank=True, max_length=100)


class ApiRowChoiceSchema(StrictSchema):
    """Whose row is taken."""

    key = Text(required=True, max_length=20_000)
    side = Choice(_SIDES, required=True)


class ApiSettleSchema(StrictSchema):
    """Body of POST /set-asides/{id}/settle; `both` goes by `rows`."""

    side = Choice(("mine", "theirs", "both"), required=True)
    version = fields.Integer(required=True, strict=True, validate=_VERSION)
    rows = Items(Nested(ApiRowChoiceSchema), limit=2_500)


class ApiCopySchema(StrictSchema):
    """Body of POST /periods/{id}/copy."""

    parts = Items(Choice(_PARTS), limit=20, required=True)


class ApiSubmitSchema(StrictSchema):
    """Body of POST /periods/{id}/submit: hand in the draft that has this sha256."""

    sha256 = Text(required=True, max_length=64)


class LocatedSchema(StrictSchema):
    """One thing that is wrong."""

    pointer = Text()
    detail = Text()


class PartSummarySchema(StrictSchema):
    """How far a part has come."""

    part = Text()
    state = Text()
    version = fields.Integer()
    saved_at = fields.AwareDateTime(allow_none=True)
    saved_by = Text()
    copied_from = Text()
    errors = fields.List(fields.Nested(LocatedSchema))
    gaps = fields.List(Text())
    conflicts = fields.List(Identifier())


class DraftSchema(StrictSchema):
    """The parts of a report, and what handing it in must name."""

    state = Text()
    sha256 = Text()
    due_on = fields.Date(attribute="period.due_on")
    days_left = fields.Integer()
    days_late = fields.Integer()
    reason = Text()
    parts = fields.List(fields.Nested(PartSummarySchema))


class PartSchema(PartSummarySchema):
    """One part with its words."""

    content = Nested(ReportContentSchema)


class PartSavingSchema(StrictSchema):
    """How saving went."""

    part = Text()
    version = fields.Integer()
    saved_at = fields.AwareDateTime()
    saved_by = Text()


class AsideSchema(StrictSchema):
    """A text that lies beside the report."""

    id = Identifier()
    part = Text()
    why = Text()
    by = Text()
    is_mine = fields.Boolean()
    at = fields.AwareDateTime()
    settled_at = fields.AwareDateTime(allow_none=True)
    outcome = Text()


class RowPairSchema(StrictSchema):
    """One row of both texts."""

    key = Text()
    is_same = fields.Boolean()


class TwoTextsSchema(StrictSchema):
    """Both texts of a part."""

    set_aside = Nested(AsideSchema, attribute="aside")
    version = fields.Integer()
    saved_by = Text()
    saved_at = fields.AwareDateTime(allow_none=True)
    mine = Nested(ReportContentSchema)
    theirs = Nested(ReportContentSchema)
    rows = fields.List(fields.Nested(RowPairSchema), attribute="pairs")


class CopiedPartSchema(StrictSchema):
    """A part as it stands and as it would stand."""

    part = Text()
    before = Nested(ReportContentSchema)
    after = Nested(ReportContentSchema)


class CopyPreviewSchema(StrictSchema):
    """What copying from last period would change."""

    source = Text(attribute="source.title")
    parts = fields.List(fields.Nested(CopiedPartSchema))


class CopiedSchema(StrictSchema):
    """What was copied; each id is a set-aside that takes a part back."""

    source = Text()
    parts = fields.List(Text())
    before = fields.List(Identifier())
