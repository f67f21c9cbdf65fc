"""What crosses the edge of intake, strict, into frozen commands; and what leaves it."""

from typing import Any, ClassVar

from marshmallow import EXCLUDE, ValidationError, fields

from kernel.contracts.schema import (
    REQUIRED,
    Choice,
    Figure,
    Identifier,
    Items,
    Nested,
    StrictSchema,
    Text,
)
from services.intake.domain.figures import UnreadableFigure, parse_figure
from services.intake.persistence.documents import (
    PeriodFormSchema,
    ReportContentSchema,
    ReportedIndicatorSchema,
)


class TypedFigure(Figure):
    """A figure as a person types it: "8,78", "12.000"; blank is none."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        if not value.strip():
            return None
        try:
            figure = parse_figure(value)
        except UnreadableFigure as exc:
            raise ValidationError(str(exc)) from exc
        return super()._deserialize(str(figure), attr, data, **kwargs)


class TypedIndicatorSchema(ReportedIndicatorSchema):
    """Figures of one indicator as they were typed into the page."""

    plan = TypedFigure(load_default=None)
    actual = TypedFigure(load_default=None)
    reported_percent = TypedFigure(load_default=None)


class TypedReportSchema(ReportContentSchema):
    """The report as it was typed into the page."""

    indicators = Items(Nested(TypedIndicatorSchema), limit=500)


class SignInSchema(StrictSchema):
    """The form of the sign-in page."""

    class Meta:
        """The form also carries its token and where to go next."""

        unknown = EXCLUDE

    login_name = Text(required=True, max_length=200)
    password = fields.String(
        required=True,
        validate=lambda typed: _within(typed, 1_000),
        error_messages={"required": REQUIRED, "null": REQUIRED, "invalid": REQUIRED},
    )


def _within(typed: str, limit: int) -> None:
    if not typed:
        raise ValidationError(REQUIRED)
    if len(typed) > limit:
        raise ValidationError("Mật khẩu quá dài.")


class SubmitSchema(StrictSchema):
    """The form of the page of confirmation."""

    class Meta:
        """The form also carries its token."""

        unknown = EXCLUDE

    idempotency_key = Text(required=True, max_length=100)
    seen_sha256 = Text(required=True, max_length=64)


class AcceptSchema(StrictSchema):
    """The form with which a clerk accepts."""

    class Meta:
        """The form also carries its token."""

        unknown = EXCLUDE

    idempotency_key = Text(required=True, max_length=100)
    round = fields.Integer(load_default=None)
    findings_reason = Text(load_default="", blank=True, max_length=2_000)


class ReturnSchema(AcceptSchema):
    """The form with which a clerk returns a report."""

    reason = Text(load_default="", blank=True, max_length=2_000)


class ApiReportSchema(StrictSchema):
    """Body of POST /periods/{id}/submissions."""

    action = Choice(("draft", "submit"), required=True)
    content = Nested(ReportContentSchema, required=True)


class ApiAcceptSchema(StrictSchema):
    """Body of POST /submissions/{id}/accept; may be left out where all figures agree."""

    round = fields.Integer(load_default=None, allow_none=True, strict=True)
    findings_reason = Text(load_default="", blank=True, max_length=2_000)


class ApiReturnSchema(StrictSchema):
    """Body of POST /submissions/{id}/return and …/reopen."""

    round = fields.Integer(load_default=None, allow_none=True, strict=True)
    reason = Text(load_default="", blank=True, max_length=2_000)


class ReceiptSchema(StrictSchema):
    """What stands recorded."""

    submission_id = Identifier()
    state = Text()
    round = fields.Integer()
    code = Text()
    sha256 = Text()
    submitted_at = fields.AwareDateTime(allow_none=True)


class PeriodSummarySchema(StrictSchema):
    """One period of the list."""

    id = Identifier(attribute="period.id")
    code = Text(attribute="period.code")
    title = Text(attribute="period.title")
    year = fields.Integer(attribute="period.year")
    due_on = fields.Date(attribute="period.due_on")
    status = Text(attribute="period.status")
    accepted = fields.Integer()
    total = fields.Integer()


class FormSchema(PeriodFormSchema):
    """The form that a period asks."""


class MoveSchema(StrictSchema):
    """One move."""

    at = fields.AwareDateTime()
    by = Text()
    from_state = Text()
    to_state = Text()
    round = fields.Integer()
    reason = Text()


class UnitSchema(StrictSchema):
    """A unit."""

    id = Identifier()
    code = Text()
    name = Text()


class FindingSchema(StrictSchema):
    """What the rules of the form find in the figures; `pointer` is a place in the content."""

    severity = Text()
    rule = Text()
    code = Text()
    name = Text()
    pointer = Text()
    message = Text()


class RoundSchema(StrictSchema):
    """One round without its content."""

    number = fields.Integer()
    state = Text()
    submitted_at = fields.AwareDateTime(allow_none=True)


class SubmissionSchema(StrictSchema):
    """One submission with the round that is shown."""

    target: ClassVar = None
    id = Identifier()
    period_id = Identifier(attribute="period.id")
    unit = Nested(UnitSchema)
    state = Text()
    round = fields.Integer(attribute="receipt.round")
    code = Text(attribute="receipt.code")
    sha256 = Text(attribute="receipt.sha256")
    submitted_at = fields.AwareDateTime(attribute="receipt.submitted_at", allow_none=True)
    days_late = fields.Integer()
    content = Nested(ReportContentSchema)
    moves = fields.List(fields.Nested(MoveSchema))
    rounds = fields.List(fields.Nested(RoundSchema))
    findings = fields.List(fields.Nested(FindingSchema))
