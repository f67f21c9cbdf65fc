"""The review as pages and programs ask for it and get it."""

from typing import Any, ClassVar

from marshmallow import (
    EXCLUDE,
    Schema,
    ValidationError,
    fields,
    post_load,
    pre_load,
    validate,
    validates,
)

from kernel.contracts.schema import Choice, Figure, Identifier, Items, Nested, StrictSchema, Text
from services.intake.domain.board import BoardFilters, Order
from services.intake.domain.comments import PART_LABELS
from services.intake.domain.moves import State
from services.intake.persistence.documents import Flag
from services.intake.use_cases.accepting_many import MOST, Chosen
from services.intake.web.schemas import UnitSchema

_SAID = dict.fromkeys(("required", "null", "blank"), "Nhập ý kiến.")
_NONE_CHOSEN = "Chọn ít nhất một báo cáo."
_INTEGER: dict[str, Any] = {"invalid": "Phải là một số nguyên."}
_FROM_ONE = validate.Range(1, 1_000_000, error="Phải từ 1 trở lên.")


class BoardQuerySchema(StrictSchema):
    """Filters of the board; an empty one is no filter."""

    state = Choice(tuple(State), load_default="")
    is_late = Flag(data_key="late")
    has_comments = Flag(data_key="comments")
    search = Text(data_key="q", load_default="", blank=True, max_length=200)
    order = Choice(tuple(Order), load_default=Order.OFFICE.value)

    @pre_load
    def _drop_empty(self, data: Any, **_: Any) -> dict[str, Any]:
        return {key: value for key, value in data.items() if str(value).strip()}

    @post_load
    def _to_filters(self, data: dict[str, Any], **_: Any) -> BoardFilters:
        state = data["state"]
        order = Order(data["order"])
        return BoardFilters(**{**data, "state": State(state) if state else None, "order": order})


class CellSchema(Schema):
    """One part of one unit's report."""

    part = fields.String(required=True)
    state = fields.String(required=True)
    open_comments = fields.Integer(required=True)


class BoardLineSchema(Schema):
    """Where one unit stands."""

    unit = fields.Nested(UnitSchema, required=True)
    state = fields.String(required=True)
    submission_id = fields.UUID(required=True, allow_none=True)
    submitted_at = fields.AwareDateTime(required=True, allow_none=True)
    days_late = fields.Integer(required=True)
    round = fields.Integer(required=True)
    cells = fields.List(fields.Nested(CellSchema), required=True)
    open_comments = fields.Integer(required=True)


class BoardSchema(Schema):
    """Every unit of a period; as many as an office has, hence in one piece."""

    period_id = fields.UUID(attribute="period.id", required=True)
    total = fields.Integer(required=True)
    late = fields.Integer(required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    rows = fields.List(fields.Nested(BoardLineSchema), required=True)


class CommentSchema(StrictSchema):
    """Body of POST /submissions/{id}/comments."""

    part = Choice(tuple(PART_LABELS), required=True)
    text = Text(required=True, max_length=2_000, error_messages=_SAID)


class AnswerSchema(StrictSchema):
    """Body of POST /submissions/{id}/comments/{id}/answers."""

    text = Text(required=True, max_length=2_000, error_messages=_SAID)


class SettleSchema(StrictSchema):
    """Body of POST /submissions/{id}/comments/{id}/settle."""

    is_settled = fields.Boolean(
        required=True,
        error_messages=dict.fromkeys(("required", "null", "invalid"), "Phải là có hoặc không."),
    )


class SaidSchema(Schema):
    """One comment or answer."""

    id = fields.UUID(required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    text = fields.String(required=True)


class ThreadSchema(Schema):
    """A comment with its answers."""

    id = fields.UUID(required=True)
    part = fields.String(required=True)
    round = fields.Integer(required=True)
    is_open = fields.Boolean(required=True)
    resolved_at = fields.AwareDateTime(required=True, allow_none=True)
    resolved_by = fields.String(required=True)
    comments = fields.List(fields.Nested(SaidSchema), required=True)


class ChosenSchema(StrictSchema):
    """A report to be accepted, at the round that was seen."""

    target: ClassVar = Chosen
    submission_id = Identifier(required=True)
    round = fields.Integer(required=True, strict=True, validate=_FROM_ONE, error_messages=_INTEGER)


class AcceptManySchema(StrictSchema):
    """Body of POST /accept-many."""

    chosen = Items(Nested(ChosenSchema), limit=MOST, required=True)

    @validates("chosen")
    def _not_empty(self, chosen: list[Chosen], **_: Any) -> None:
        if not chosen:
            raise ValidationError(_NONE_CHOSEN)


class ChosenText(fields.String):
    """A chosen report as a check box carries it: id and round."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        identifier, _, number = str(value).partition("~")
        chosen: Chosen
        if not number.isascii() or not number.isdecimal() or len(number) > 6:
            raise ValidationError("Không có báo cáo này.")
        chosen = ChosenSchema().load({"submission_id": identifier, "round": int(number)})
        return chosen


class TypedChoiceSchema(StrictSchema):
    """What was ticked on the board."""

    class Meta:
        """The form also carries its token."""

        unknown = EXCLUDE

    chosen = fields.List(
        ChosenText(),
        load_default=list,
        validate=validate.Length(min=1, max=MOST, error=_NONE_CHOSEN),
    )


class OutcomeSchema(Schema):
    """What became of one of several."""

    submission_id = fields.UUID(required=True)
    unit_name = fields.String(required=True)
    is_done = fields.Boolean(required=True)
    state = fields.String(required=True, allow_none=True)
    detail = fields.String(required=True)


class OverviewQuerySchema(StrictSchema):
    """Which period is looked at; the newest open one where none is named."""

    period = Identifier(load_default=None)

    @pre_load
    def _drop_empty(self, data: Any, **_: Any) -> dict[str, Any]:
        return {key: value for key, value in data.items() if str(value).strip()}


class OverseenFigureSchema(Schema):
    """One accepted figure beside last year's."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    unit_name = fields.String(required=True)
    measure = fields.String(required=True)
    plan = Figure(required=True, allow_none=True)
    actual = Figure(required=True, allow_none=True)
    last_year = Figure(required=True, allow_none=True)


class OverseenHeadingSchema(Schema):
    """The accepted figures under one heading."""

    title = fields.String(required=True)
    figures = fields.List(fields.Nested(OverseenFigureSchema), required=True)


class QuestionSchema(Schema):
    """A comment that is still open."""

    submission_id = fields.UUID(required=True)
    unit_name = fields.String(required=True)
    thread = fields.Nested(ThreadSchema, required=True)


class AwaitingSchema(Schema):
    """A report that waits for a second person."""

    submission_id = fields.UUID(attribute="row.submission_id", required=True)
    unit_name = fields.String(attribute="row.unit.name", required=True)
    round = fields.Integer(attribute="row.round", required=True)
    is_own = fields.Boolean(required=True)


class OverviewSchema(Schema):
    """A period as a leader sees it."""

    board = fields.Nested(BoardSchema, required=True)
    headings = fields.List(fields.Nested(OverseenHeadingSchema), required=True)
    questions = fields.List(fields.Nested(QuestionSchema), required=True)
    awaiting = fields.List(fields.Nested(AwaitingSchema), required=True)
    frozen_at = fields.AwareDateTime(required=True, allow_none=True)


class RoundsQuerySchema(StrictSchema):
    """Which two rounds are to be compared."""

    old = fields.Integer(
        required=True,
        data_key="from",
        validate=_FROM_ONE,
        error_messages={**_INTEGER, "required": "Nhập số lượt."},
    )
    new = fields.Integer(
        required=True,
        data_key="to",
        validate=_FROM_ONE,
        error_messages={**_INTEGER, "required": "Nhập số lượt."},
    )


class WordsSchema(Schema):
    """Consecutive words of one fate."""

    text = fields.String(required=True)
    change = fields.String(required=True, allow_none=True)


class FieldDifferenceSchema(Schema):
    """One field before and after."""

    name = fields.String(required=True)
    label = fields.String(required=True)
    old = fields.String(required=True)
    new = fields.String(required=True)
    old_figure = Figure(required=True, allow_none=True)
    new_figure = Figure(required=True, allow_none=True)
    words = fields.List(fields.Nested(WordsSchema), required=True)


class RowDifferenceSchema(Schema):
    """One row that was added, removed or changed."""

    key = fields.String(required=True)
    title = fields.String(required=True)
    change = fields.String(required=True)
    fields_ = fields.List(
        fields.Nested(FieldDifferenceSchema), required=True, attribute="fields", data_key="fields"
    )


class PartDifferenceSchema(Schema):
    """What differs in one part."""

    part = fields.String(required=True)
    label = fields.String(required=True)
    rows = fields.List(fields.Nested(RowDifferenceSchema), required=True)


class ComparedSchema(Schema):
    """What differs between two rounds."""

    old_round = fields.Integer(required=True)
    new_round = fields.Integer(required=True)
    parts = fields.List(fields.Nested(PartDifferenceSchema), required=True)
