"""The dossier (hồ sơ tổng hợp): the frozen snapshot of one period that feeds every document.

Intake writes it, the assembler reads it. Its content never changes once it has a sha256.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from marshmallow import fields

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

NOMINEE_KINDS = ("individual", "household", "collective")
COUNCIL_ROLES = ("chair", "deputy", "secretary", "member")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuingBody:
    """Cơ quan ban hành: the name lines printed top left, and its part of the symbol.

    `letter_unit` closes the symbol of its official letters (công văn): the abbreviation of who
    drafts them or of their field, "VX" in "UBND-VX"; empty where the office has not said it.
    """

    code: str
    name: str
    header: tuple[str, ...]
    symbol: str
    letter_unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Người ký, with the titles of both offices he signs for."""

    name: str
    power: str
    title: str
    other_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRecipient:
    """Nơi nhận or Kính gửi; `office_id` is set where the recipient is an office of this system."""

    label: str
    office_id: UUID | None = None
    is_addressee: bool = False
    is_file_copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierLegalBasis:
    """Căn cứ ban hành, with the dates between which it may be cited."""

    text: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierOffice:
    """The commune as it was when the dossier was frozen."""

    id: UUID
    code: str
    name: str
    short_name: str
    place: str
    superior_name: str
    villages: int
    village_word: str
    issuing_bodies: tuple[IssuingBody, ...]
    signer: Signer
    recipients: tuple[DossierRecipient, ...]
    legal_basis: tuple[DossierLegalBasis, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPeriod:
    """Kỳ báo cáo."""

    id: UUID
    code: str
    title: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Phong trào thi đua with its own result, when the sector stated one."""

    name: str
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """Chỉ tiêu. `reported_percent` stands only where plan and actual were not published."""

    code: str
    name: str
    field: str
    unit: str = ""
    plan: Decimal | None = None
    actual: Decimal | None = None
    base: Decimal | None = None
    reported_percent: Decimal | None = None
    at_least: bool = False
    parts: tuple[str, ...] = ()
    decimals: int = 2
    better_when_lower: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """Kết quả of one field of the report, in the sector's words."""

    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Nomination:
    """Đề nghị khen thưởng: one nominee for one award.

    `occasion` is the code of the kind of commendation (loại hình khen thưởng), `evidence` says what
    proves the achievement: a number and date of a document, the name of an attached file.
    """

    kind: str
    name: str
    award: str
    title: str = ""
    unit: str = ""
    achievement: str = ""
    occasion: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierField:
    """Lĩnh vực: a heading of section II of the report."""

    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorReport:
    """What one sector (ngành, đoàn thể) had accepted, and from which submission it came."""

    unit_code: str
    unit_name: str
    submission_id: UUID
    round: int
    movements: tuple[Movement, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    achievements: tuple[Achievement, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    limitations: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilMember:
    """Thành viên Hội đồng at a session; `role` is chair, deputy, secretary or member."""

    name: str
    title: str = ""
    role: str = "member"
    is_present: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilGuest:
    """Đại biểu mời dự."""

    name: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilResult:
    """Kết quả bình xét of one nominee; `reason` says why the outcome is not what the votes give.

    `units` are the codes of the sectors that proposed it, several after merging.
    """

    nomination: Nomination
    in_favour: int
    against: int
    not_voting: int
    passed: bool
    reason: str = ""
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilGroup:
    """The results of one award, with who decides on it on the day of the session."""

    award: str
    authority: str
    authority_title: str
    article: str
    results: tuple[CouncilResult, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilRecord:
    """Phiên họp Hội đồng whose results were locked; times are those of the clock on the wall.

    `needed_percent` is the share of all members that had to be in favour.
    """

    session_id: UUID
    number: int
    sha256: str
    held_on: date
    begins: time
    ends: time
    place: str
    method: str
    needed_percent: Decimal
    members: tuple[CouncilMember, ...] = ()
    guests: tuple[CouncilGuest, ...] = ()
    opinions: tuple[str, ...] = ()
    groups: tuple[CouncilGroup, ...] = ()

    @property
    def results(self) -> tuple[CouncilResult, ...]:
        """Return every result, award by award."""
        return tuple(result for group in self.groups for result in group.results)


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierContent:
    """All that documents of the period may say.

    Without a `council` nobody has voted on the nominations yet: documents say so.
    """

    office: DossierOffice
    period: DossierPeriod
    headings: tuple[DossierField, ...]
    sectors: tuple[SectorReport, ...]
    movements_from_above: tuple[str, ...] = ()
    movements_commune_wide: tuple[str, ...] = ()
    missing_units: tuple[str, ...] = ()
    council: tuple[CouncilRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The frozen snapshot: `sha256` is that of the canonical JSON of `content`."""

    id: UUID
    sha256: str
    frozen_at: datetime
    content: DossierContent


class IssuingBodySchema(StrictSchema):
    """Wire form of IssuingBody."""

    target: ClassVar = IssuingBody
    code = Text(required=True)
    name = Text(required=True)
    header = Items(Text(), required=True)
    symbol = Text(required=True)
    letter_unit = Text(load_default="", blank=True)


class SignerSchema(StrictSchema):
    """Wire form of Signer."""

    target: ClassVar = Signer
    name = Text(required=True)
    power = Text(required=True, blank=True)
    title = Text(required=True)
    other_title = Text(required=True, blank=True)


class DossierRecipientSchema(StrictSchema):
    """Wire form of DossierRecipient."""

    target: ClassVar = DossierRecipient
    label = Text(required=True)
    office_id = Identifier(load_default=None, allow_none=True)
    is_addressee = fields.Boolean(load_default=False)
    is_file_copy = fields.Boolean(load_default=False)


class DossierLegalBasisSchema(StrictSchema):
    """Wire form of DossierLegalBasis."""

    target: ClassVar = DossierLegalBasis
    text = Text(required=True, max_length=LONG)
    valid_from = fields.Date(load_default=None, allow_none=True)
    valid_to = fields.Date(load_default=None, allow_none=True)


class DossierOfficeSchema(StrictSchema):
    """Wire form of DossierOffice."""

    target: ClassVar = DossierOffice
    id = Identifier(required=True)
    code = Text(required=True)
    name = Text(required=True)
    short_name = Text(required=True)
    place = Text(required=True)
    superior_name = Text(required=True)
    villages = fields.Integer(required=True, strict=True)
    village_word = Text(required=True)
    issuing_bodies = Items(Nested(IssuingBodySchema), required=True)
    signer = Nested(SignerSchema, required=True)
    recipients = Items(Nested(DossierRecipientSchema), required=True)
    legal_basis = Items(Nested(DossierLegalBasisSchema), required=True)


class DossierPeriodSchema(StrictSchema):
    """Wire form of DossierPeriod."""

    target: ClassVar = DossierPeriod
    id = Identifier(required=True)
    code = Text(required=True)
    title = Text(required=True, max_length=1_000)
    year = fields.Integer(required=True, strict=True)


class MovementSchema(StrictSchema):
    """Wire form of Movement."""

    target: ClassVar = Movement
    name = Text(required=True, max_length=500)
    result = Text(load_default="", blank=True, max_length=LONG)


class IndicatorSchema(StrictSchema):
    """Wire form of Indicator."""

    target: ClassVar = Indicator
    code = Text(required=True)
    name = Text(required=True)
    field = Text(required=True)
    unit = Text(load_default="", blank=True)
    plan = Figure(load_default=None, allow_none=True)
    actual = Figure(load_default=None, allow_none=True)
    base = Figure(load_default=None, allow_none=True)
    reported_percent = Figure(load_default=None, allow_none=True)
    at_least = fields.Boolean(load_default=False)
    parts = Items(Text())
    decimals = fields.Integer(load_default=2, strict=True)
    better_when_lower = fields.Boolean(load_default=False)
    reason = Text(load_default="", blank=True, max_length=2_000)


class AchievementSchema(StrictSchema):
    """Wire form of Achievement."""

    target: ClassVar = Achievement
    field = Text(required=True)
    text = Text(required=True, max_length=LONG)


class NominationSchema(StrictSchema):
    """Wire form of Nomination."""

    target: ClassVar = Nomination
    kind = Choice(NOMINEE_KINDS, required=True)
    name = Text(required=True)
    award = Text(required=True)
    title = Text(load_default="", blank=True)
    unit = Text(load_default="", blank=True)
    achievement = Text(load_default="", blank=True, max_length=2_000)
    occasion = Text(load_default="", blank=True, max_length=64)
    evidence = Text(load_default="", blank=True, max_length=2_000)


class DossierFieldSchema(StrictSchema):
    """Wire form of DossierField."""

    target: ClassVar = DossierField
    code = Text(required=True)
    title = Text(required=True)


class SectorReportSchema(StrictSchema):
    """Wire form of SectorReport."""

    target: ClassVar = SectorReport
    unit_code = Text(required=True)
    unit_name = Text(required=True)
    submission_id = Identifier(required=True)
    round = fields.Integer(required=True, strict=True)
    movements = Items(Nested(MovementSchema))
    indicators = Items(Nested(IndicatorSchema))
    achievements = Items(Nested(AchievementSchema))
    nominations = Items(Nested(NominationSchema))
    limitations = Items(Text(max_length=LONG))
    directions = Items(Text(max_length=LONG))


class CouncilMemberSchema(StrictSchema):
    """Wire form of CouncilMember."""

    target: ClassVar = CouncilMember
    name = Text(required=True)
    title = Text(load_default="", blank=True)
    role = Choice(COUNCIL_ROLES, required=True)
    is_present = fields.Boolean(required=True)
    reason = Text(load_default="", blank=True)


class CouncilGuestSchema(StrictSchema):
    """Wire form of CouncilGuest."""

    target: ClassVar = CouncilGuest
    name = Text(required=True)
    title = Text(load_default="", blank=True)


class CouncilResultSchema(StrictSchema):
    """Wire form of CouncilResult."""

    target: ClassVar = CouncilResult
    nomination = Nested(NominationSchema, required=True)
    in_favour = fields.Integer(required=True, strict=True)
    against = fields.Integer(required=True, strict=True)
    not_voting = fields.Integer(required=True, strict=True)
    passed = fields.Boolean(required=True)
    reason = Text(load_default="", blank=True, max_length=2_000)
    units = Items(Text())


class CouncilGroupSchema(StrictSchema):
    """Wire form of CouncilGroup."""

    target: ClassVar = CouncilGroup
    award = Text(required=True)
    authority = Text(required=True, blank=True)
    authority_title = Text(required=True, blank=True)
    article = Text(required=True, blank=True)
    results = Items(Nested(CouncilResultSchema))


class CouncilRecordSchema(StrictSchema):
    """Wire form of CouncilRecord."""

    target: ClassVar = CouncilRecord
    session_id = Identifier(required=True)
    number = fields.Integer(required=True, strict=True)
    sha256 = Text(required=True)
    held_on = fields.Date(required=True)
    begins = fields.Time(required=True)
    ends = fields.Time(required=True)
    place = Text(required=True)
    method = Text(required=True)
    needed_percent = Figure(required=True)
    members = Items(Nested(CouncilMemberSchema))
    guests = Items(Nested(CouncilGuestSchema))
    opinions = Items(Text(max_length=LONG))
    groups = Items(Nested(CouncilGroupSchema))


class DossierContentSchema(StrictSchema):
    """Wire form of DossierContent."""

    target: ClassVar = DossierContent
    office = Nested(DossierOfficeSchema, required=True)
    period = Nested(DossierPeriodSchema, required=True)
    headings = Items(Nested(DossierFieldSchema), required=True)
    sectors = Items(Nested(SectorReportSchema), required=True)
    movements_from_above = Items(Text(max_length=500))
    movements_commune_wide = Items(Text(max_length=500))
    missing_units = Items(Text())
    council = Items(Nested(CouncilRecordSchema), limit=100)


class DossierSchema(StrictSchema):
    """Wire form of Dossier."""

    target: ClassVar = Dossier
    id = Identifier(required=True)
    sha256 = Text(required=True)
    frozen_at = fields.AwareDateTime(required=True)
    content = Nested(DossierContentSchema, required=True)
