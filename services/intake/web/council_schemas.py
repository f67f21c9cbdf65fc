"""What candidates and sessions of the council look like at the edge."""

from typing import Any

from marshmallow import EXCLUDE, fields, validate

from kernel.contracts.schema import REQUIRED, Choice, Identifier, Items, Nested, StrictSchema, Text
from services.intake.domain.council import OUTCOMES, Votes
from services.intake.persistence.council_documents import SessionFactsSchema
from services.intake.persistence.documents import ReportedNominationSchema
from services.intake.use_cases.council import VoteEntry
from services.intake.web.schemas import TypedFigure

_WHY = dict.fromkeys(("required", "null", "blank"), "Nhập lý do.")
_MOST_VOTES = 1_000
_NO_COUNT = "Nhập một số nguyên từ 0 trở lên."


class Count(fields.Integer):
    """A number of votes; a blank field is none."""

    default_error_messages = {"invalid": _NO_COUNT}

    def __init__(self) -> None:
        super().__init__(load_default=None, allow_none=True)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, str):
            return self._typed(value.strip())
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_VOTES:
            raise self.make_error("invalid")
        return value

    def _typed(self, text: str) -> int | None:
        if not text:
            return None
        if not (
            text.isascii()
            and text.isdigit()
            and len(text) <= len(str(_MOST_VOTES))
            and int(text) <= _MOST_VOTES
        ):
            raise self.make_error("invalid")
        return int(text)


class TypedFactsSchema(SessionFactsSchema):
    """The facts as they were typed into the page."""

    needed_percent = TypedFigure(load_default=None)


class NomineeVoteSchema(StrictSchema):
    """The votes on one nominee, over the version that was seen."""

    nominee_id = Identifier(required=True)
    version = fields.Integer(load_default=0)
    in_favour = Count()
    against = Count()
    not_voting = Count()
    decided = Choice(OUTCOMES, load_default="", blank=True)
    reason = Text(load_default="", blank=True, max_length=2_000)


class VotesSchema(StrictSchema):
    """Body of PUT /council-sessions/{id}/votes."""

    votes = Items(Nested(NomineeVoteSchema), required=True)


class FactsSchema(StrictSchema):
    """Body of PUT /council-sessions/{id}."""

    version = fields.Integer(required=True, strict=True)
    facts = Nested(SessionFactsSchema, required=True)


class LockSchema(StrictSchema):
    """Body of POST /council-sessions/{id}/lock."""

    version = fields.Integer(required=True, strict=True)


class WhySchema(StrictSchema):
    """A reason that has to be written."""

    reason = Text(required=True, max_length=2_000, error_messages=_WHY)


class OtherSchema(StrictSchema):
    """The other one of two candidates."""

    other_id = Identifier(required=True)


class ExplainSchema(WhySchema):
    """The reason that a finding asks for, found under the law of a day."""

    key = Text(required=True, max_length=400)
    on = fields.Date(load_default=None, allow_none=True)


class OnSchema(StrictSchema):
    """Which day's law is asked about."""

    on = fields.Date(load_default=None)


class CandidateQuerySchema(StrictSchema):
    """Which candidates, and from where on."""

    award = Text(load_default="", blank=True, max_length=64)
    unit_id = Identifier(load_default=None)
    after = fields.Integer(load_default=0, validate=validate.Range(min=0, max=2**31 - 1))
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=200))


class CandidateSchema(StrictSchema):
    """One proposal of one sector."""

    id = Identifier()
    number = fields.Integer()
    unit_id = Identifier()
    unit_name = Text()
    round = fields.Integer()
    nomination = Nested(ReportedNominationSchema)
    change = Text()
    previous = Nested(ReportedNominationSchema, allow_none=True)
    merged_into = Identifier(allow_none=True)
    set_aside = Text()


class CandidatePageSchema(StrictSchema):
    """Some candidates, and where the next ones begin."""

    items = fields.List(fields.Nested(CandidateSchema))
    next = fields.Integer(allow_none=True)


class NewsSchema(StrictSchema):
    """What reading accepted reports has found."""

    new = fields.Integer()
    changed = fields.Integer()
    withdrawn = fields.Integer()
    same = fields.Integer()


class CandidateChangedSchema(StrictSchema):
    """Which candidate was changed."""

    period_id = Identifier()
    candidate_id = Identifier()


class PairSchema(StrictSchema):
    """Two that are one, or may be."""

    first_id = Identifier(attribute="first.id")
    second_id = Identifier(attribute="second.id")
    name = Text(attribute="first.nomination.name")
    is_certain = fields.Boolean()


class EligibilityFindingSchema(StrictSchema):
    """One finding, with the reason where one was given."""

    key = Text()
    rule = Text()
    severity = Text()
    message = Text()
    article = Text()
    mark = Text()
    nominees = fields.List(Identifier())
    needs_reason = fields.Boolean()
    reason = Text()


class ExplainedSchema(StrictSchema):
    """Which finding was explained."""

    key = Text()


class CouncilSessionOutlineSchema(StrictSchema):
    """One session."""

    id = Identifier()
    number = fields.Integer()
    state = Text()
    held_on = fields.Date(allow_none=True)
    version = fields.Integer()
    is_carried = fields.Boolean()
    locked_at = fields.AwareDateTime(allow_none=True)


class TallySchema(StrictSchema):
    """One nominee with the votes on it; passed is null where it is not known."""

    nominee_id = Identifier(attribute="id")
    nomination = Nested(ReportedNominationSchema)
    version = fields.Integer()
    in_favour = fields.Integer(attribute="votes.in_favour", allow_none=True)
    against = fields.Integer(attribute="votes.against", allow_none=True)
    not_voting = fields.Integer(attribute="votes.not_voting", allow_none=True)
    decided = Text(attribute="votes.decided")
    reason = Text(attribute="votes.reason")
    passed = fields.Boolean(allow_none=True)


class ObstacleSchema(StrictSchema):
    """One thing that stands against locking."""

    pointer = Text()
    message = Text()


class CouncilSessionSchema(StrictSchema):
    """All that is known of a session."""

    outline = Nested(CouncilSessionOutlineSchema)
    facts = Nested(SessionFactsSchema)
    tallied = fields.List(fields.Nested(TallySchema))
    problems = fields.List(fields.Nested(ObstacleSchema))


class CouncilSessionChangedSchema(StrictSchema):
    """A session after a change."""

    id = Identifier()
    state = Text()
    version = fields.Integer()
    sha256 = Text()


class _FormSchema(StrictSchema):
    class Meta:
        """The form also carries its token."""

        unknown = EXCLUDE

    idempotency_key = Text(required=True, max_length=100)


class PlainFormSchema(_FormSchema):
    """A form with nothing but its button."""


class WhyFormSchema(_FormSchema):
    """A form that asks for a reason."""

    reason = Text(required=True, max_length=2_000, error_messages=_WHY)


class OtherFormSchema(_FormSchema):
    """A form about two candidates."""

    other_id = Identifier(required=True)


class ExplainFormSchema(WhyFormSchema):
    """A form that explains a finding."""

    key = Text(required=True, max_length=400)
    on = fields.Date(load_default=None, allow_none=True)


class LockFormSchema(_FormSchema):
    """The form with which a session is locked."""

    version = fields.Integer(required=True)
    is_confirmed = fields.Boolean(
        required=True,
        validate=validate.Equal(True, error="Đánh dấu xác nhận trước khi chốt."),
        error_messages={"required": "Đánh dấu xác nhận trước khi chốt.", "invalid": REQUIRED},
    )


def entries_of(loaded: list[dict[str, Any]]) -> list[VoteEntry]:
    """Return loaded votes as commands."""
    return [
        VoteEntry(
            nominee_id=it["nominee_id"],
            version=it["version"],
            votes=Votes(
                in_favour=it["in_favour"],
                against=it["against"],
                not_voting=it["not_voting"],
                decided=it["decided"],
                reason=it["reason"],
            ),
        )
        for it in loaded
    ]
