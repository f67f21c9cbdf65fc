"""The JSON of intake: one declaration for what a column holds and what the wire carries."""

from typing import Any, ClassVar

from marshmallow import fields
from marshmallow.validate import Range

from kernel.contracts.dossier import (
    NOMINEE_KINDS,
    DossierField,
    DossierFieldSchema,
    DossierLegalBasisSchema,
    IssuingBodySchema,
    MovementSchema,
    Nomination,
    SignerSchema,
)
from kernel.contracts.dossier import Movement as ReportedMovement
from kernel.contracts.schema import (
    LONG,
    Choice,
    Figure,
    Identifier,
    Items,
    Nested,
    StrictSchema,
    Text,
)
from services.intake.domain.content import (
    AttachedFile,
    ReportContent,
    ReportedAchievement,
    ReportedIndicator,
)
from services.intake.domain.forms import (
    AskedIndicator,
    AwardChoice,
    ExpectedMovements,
    NarrativePrompt,
    PartGuide,
    PeriodForm,
)
from services.intake.domain.office import Letterhead, ProfileRecipient


class ReportedMovementSchema(MovementSchema):
    """A movement that may still lack its name while the report is a draft."""

    target: ClassVar = ReportedMovement
    name = Text(load_default="", blank=True, max_length=500)


class Flag(fields.Boolean):
    """Yes or no, as programs and check boxes say it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            load_default=False,
            truthy={True, "true", "on"},
            falsy={False, "false", ""},
            error_messages={"invalid": "Phải là có hoặc không.", "null": "Phải là có hoặc không."},
            **kwargs,
        )


class ReportedIndicatorSchema(StrictSchema):
    """Figures of one indicator."""

    target: ClassVar = ReportedIndicator
    code = Text(required=True)
    plan = Figure(load_default=None, allow_none=True)
    actual = Figure(load_default=None, allow_none=True)
    reported_percent = Figure(load_default=None, allow_none=True)
    at_least = Flag()
    reason = Text(load_default="", blank=True, max_length=2_000)


class ReportedAchievementSchema(StrictSchema):
    """What was achieved under one heading; blank while nothing was written there."""

    target: ClassVar = ReportedAchievement
    field = Text(required=True)
    text = Text(load_default="", blank=True, max_length=LONG)
    prompt = Text(load_default="", blank=True, max_length=64)


class AttachedFileSchema(StrictSchema):
    """A file that goes with the report."""

    target: ClassVar = AttachedFile
    id = Identifier(required=True)
    name = Text(required=True)
    sha256 = Text(required=True, max_length=64)
    size = fields.Integer(required=True, strict=True)
    media_type = Text(required=True, max_length=200)


class ReportedNominationSchema(StrictSchema):
    """A nomination that may still lack what a finished report must say."""

    target: ClassVar = Nomination
    kind = Choice(NOMINEE_KINDS, load_default="", blank=True)
    name = Text(load_default="", blank=True)
    award = Text(load_default="", blank=True)
    title = Text(load_default="", blank=True)
    unit = Text(load_default="", blank=True)
    achievement = Text(load_default="", blank=True, max_length=2_000)
    occasion = Text(load_default="", blank=True, max_length=64)
    evidence = Text(load_default="", blank=True, max_length=2_000)


class ReportContentSchema(StrictSchema):
    """The report of one unit."""

    target: ClassVar = ReportContent
    movements = Items(Nested(ReportedMovementSchema), limit=200)
    indicators = Items(Nested(ReportedIndicatorSchema), limit=500)
    achievements = Items(Nested(ReportedAchievementSchema), limit=2_000)
    nominations = Items(Nested(ReportedNominationSchema))
    limitations = Items(Text(max_length=LONG, blank=True), limit=200)
    directions = Items(Text(max_length=LONG, blank=True), limit=200)
    nothing_to_report = Items(Text(max_length=64), limit=20)
    attachments = Items(Nested(AttachedFileSchema), limit=200)


class HeadingSchema(DossierFieldSchema):
    """A heading that may still lack its name while the form is a draft."""

    target: ClassVar = DossierField
    title = Text(load_default="", blank=True)


class AskedIndicatorSchema(StrictSchema):
    """One indicator of a form; a draft may lack its name."""

    target: ClassVar = AskedIndicator
    code = Text(required=True, max_length=64)
    name = Text(load_default="", blank=True)
    field = Text(load_default="", blank=True)
    unit_codes = Items(Text(max_length=64), limit=200)
    unit = Text(load_default="", blank=True, max_length=64)
    plan = Figure(load_default=None, allow_none=True)
    base = Figure(load_default=None, allow_none=True)
    parts = Items(Text(max_length=64), limit=100)
    decimals = fields.Integer(load_default=2, strict=True)
    better_when_lower = Flag()
    within_base = Flag()
    jump_bound = Figure(load_default=None, allow_none=True)


class NarrativePromptSchema(StrictSchema):
    """One question that is answered in prose."""

    target: ClassVar = NarrativePrompt
    code = Text(required=True, max_length=64)
    field = Text(load_default="", blank=True, max_length=64)
    label = Text(load_default="", blank=True)
    help = Text(load_default="", blank=True, max_length=2_000)
    max_length = fields.Integer(load_default=LONG, strict=True, validate=Range(min=1, max=LONG))
    unit_codes = Items(Text(max_length=64), limit=200)
    is_required = Flag()


class PartGuideSchema(StrictSchema):
    """What the office says of one part."""

    target: ClassVar = PartGuide
    part = Text(required=True, max_length=64)
    help = Text(load_default="", blank=True, max_length=2_000)
    is_asked = fields.Boolean(load_default=True)
    unit_codes = Items(Text(max_length=64), limit=200)


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
    headings = Items(Nested(HeadingSchema))
    prompts = Items(Nested(NarrativePromptSchema), limit=500)
    indicators = Items(Nested(AskedIndicatorSchema))
    expected_movements = Items(Nested(ExpectedMovementsSchema))
    awards = Items(Nested(AwardChoiceSchema))
    guides = Items(Nested(PartGuideSchema), limit=20)
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
