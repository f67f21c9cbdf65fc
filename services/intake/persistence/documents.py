"""The JSON of intake: one declaration for what a column holds and what the wire carries."""

from typing import Any, ClassVar

from marshmallow import fields

from kernel.contracts.dossier import (
    NOMINEE_KINDS,
    AchievementSchema,
    DossierFieldSchema,
    DossierLegalBasisSchema,
    IssuingBodySchema,
    MovementSchema,
    Nomination,
    SignerSchema,
)
from kernel.contracts.dossier import Movement as ReportedMovement
from kernel.contracts.schema import LONG, Choice, Figure, Items, Nested, StrictSchema, Text
from services.intake.domain.content import ReportContent, ReportedIndicator
from services.intake.domain.forms import (
    AskedIndicator,
    AwardChoice,
    ExpectedMovements,
    PeriodForm,
)
from services.intake.domain.office import Letterhead, ProfileRecipient


class ReportedMovementSchema(MovementSchema):
    """A movement that may still lack its name while the report is a draft."""

    target: ClassVar = ReportedMovement
    name = Text(load_default="", blank=True, max_length=500)


class ReportedIndicatorSchema(StrictSchema):
    """Figures of one indicator."""

    target: ClassVar = ReportedIndicator
    code = Text(required=True)
    plan = Figure(load_default=None, allow_none=True)
    actual = Figure(load_default=None, allow_none=True)
    reported_percent = Figure(load_default=None, allow_none=True)
    at_least = fields.Boolean(
        load_default=False,
        truthy={True, "true", "on"},
        falsy={False, "false", ""},
        error_messages={"invalid": "Phải là có hoặc không.", "null": "Phải là có hoặc không."},
    )


class ReportedAchievementSchema(AchievementSchema):
    """What was achieved under one heading; blank while nothing was written there."""

    text = Text(load_default="", blank=True, max_length=LONG)


class ReportedNominationSchema(StrictSchema):
    """A nomination that may still lack what a finished report must say."""

    target: ClassVar = Nomination
    kind = Choice(NOMINEE_KINDS, load_default="", blank=True)
    name = Text(load_default="", blank=True)
    award = Text(load_default="", blank=True)
    title = Text(load_default="", blank=True)
    unit = Text(load_default="", blank=True)
    achievement = Text(load_default="", blank=True, max_length=2_000)


class ReportContentSchema(StrictSchema):
    """The report of one unit."""

    target: ClassVar = ReportContent
    movements = Items(Nested(ReportedMovementSchema), limit=200)
    indicators = Items(Nested(ReportedIndicatorSchema), limit=500)
    achievements = Items(Nested(ReportedAchievementSchema), limit=100)
    nominations = Items(Nested(ReportedNominationSchema))
    limitations = Items(Text(max_length=LONG, blank=True), limit=200)
    directions = Items(Text(max_length=LONG, blank=True), limit=200)


class AskedIndicatorSchema(StrictSchema):
    """One indicator of a form."""

    target: ClassVar = AskedIndicator
    code = Text(required=True, max_length=64)
    name = Text(required=True)
    field = Text(required=True)
    unit_code = Text(required=True)
    unit = Text(load_default="", blank=True)
    base = Figure(load_default=None, allow_none=True)
    parts = Items(Text())
    decimals = fields.Integer(load_default=2, strict=True)


class ExpectedMovementsSchema(StrictSchema):
    """Movements expected of one unit."""

    target: ClassVar = ExpectedMovements
    unit_code = Text(required=True)
    movements = Items(Text(max_length=500))


class AwardChoiceSchema(StrictSchema):
    """One award that may be proposed."""

    target: ClassVar = AwardChoice
    code = Text(required=True)
    title = Text(required=True)
    kinds = Items(Choice(NOMINEE_KINDS))


class PeriodFormSchema(StrictSchema):
    """The form of a period."""

    target: ClassVar = PeriodForm
    headings = Items(Nested(DossierFieldSchema))
    indicators = Items(Nested(AskedIndicatorSchema))
    expected_movements = Items(Nested(ExpectedMovementsSchema))
    awards = Items(Nested(AwardChoiceSchema))
    movements_from_above = Items(Text(max_length=500))
    movements_commune_wide = Items(Text(max_length=500))


class ProfileRecipientSchema(StrictSchema):
    """One recipient of an office's documents."""

    target: ClassVar = ProfileRecipient
    label = Text(required=True)
    office_code = Text(load_default="", blank=True)
    is_addressee = fields.Boolean(load_default=False)
    is_file_copy = fields.Boolean(load_default=False)


class LetterheadSchema(StrictSchema):
    """What the documents of an office say of itself."""

    target: ClassVar = Letterhead
    issuing_bodies = Items(Nested(IssuingBodySchema))
    signer = Nested(SignerSchema, load_default=None, allow_none=True)
    recipients = Items(Nested(ProfileRecipientSchema))
    legal_basis = Items(Nested(DossierLegalBasisSchema))
    villages = fields.Integer(load_default=0, strict=True)
    village_word = Text(load_default="xóm")
    households = fields.Integer(load_default=0, strict=True)
    unit_words = fields.Dict(keys=Text(), values=Text(), load_default=dict)


def content_json(content: ReportContent) -> dict[str, Any]:
    """Return the report as JSON."""
    return _dumped(ReportContentSchema(), content)


def content_from(stored: dict[str, Any]) -> ReportContent:
    """Return the report that was stored."""
    loaded: ReportContent = ReportContentSchema().load(stored)
    return loaded


def form_json(form: PeriodForm) -> dict[str, Any]:
    """Return the form as JSON."""
    return _dumped(PeriodFormSchema(), form)


def form_from(stored: dict[str, Any]) -> PeriodForm:
    """Return the form that was stored."""
    loaded: PeriodForm = PeriodFormSchema().load(stored)
    return loaded


def letterhead_json(letterhead: Letterhead) -> dict[str, Any]:
    """Return the letterhead as JSON."""
    return _dumped(LetterheadSchema(), letterhead)


def letterhead_from(stored: dict[str, Any]) -> Letterhead:
    """Return the letterhead that was stored."""
    loaded: Letterhead = LetterheadSchema().load(stored)
    return loaded


def _dumped(schema: StrictSchema, value: Any) -> dict[str, Any]:
    dumped: dict[str, Any] = schema.dump(value)
    return dumped
