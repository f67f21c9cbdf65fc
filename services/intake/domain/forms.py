"""The form of a period (biểu mẫu): declared once, for the page, the checks and the API alike."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kernel.contracts.dossier import DossierField

LONGEST_ANSWER = 20_000


class Part(StrEnum):
    """One part (phần) of a report, in the order of the form: filled in and reviewed by itself."""

    MOVEMENTS = "movements"
    INDICATORS = "indicators"
    ACHIEVEMENTS = "achievements"
    NOMINATIONS = "nominations"
    LIMITATIONS = "limitations"
    DIRECTIONS = "directions"

    @property
    def label(self) -> str:
        """The Vietnamese title."""
        return _PART_LABELS[self]


_PART_LABELS = {
    Part.MOVEMENTS: "Phong trào thi đua",
    Part.INDICATORS: "Chỉ tiêu",
    Part.ACHIEVEMENTS: "Kết quả theo lĩnh vực",
    Part.NOMINATIONS: "Đề nghị khen thưởng",
    Part.LIMITATIONS: "Hạn chế, khuyết điểm",
    Part.DIRECTIONS: "Phương hướng, nhiệm vụ năm tới",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedIndicator:
    """Chỉ tiêu that units report; `parts` are the indicators whose sum it must be.

    `plan` stands where the office itself set the target: units then give only what was achieved.
    `within_base` forbids more than `base`. `jump_bound` is by how many per cent a figure may differ
    from last year's before a reason is asked for; None never asks.
    """

    code: str
    name: str
    field: str
    unit_codes: tuple[str, ...]
    unit: str = ""
    plan: Decimal | None = None
    base: Decimal | None = None
    parts: tuple[str, ...] = ()
    decimals: int = 2
    better_when_lower: bool = False
    within_base: bool = False
    jump_bound: Decimal | None = None

    def is_asked_of(self, unit_code: str) -> bool:
        """Say whether this unit reports it."""
        return unit_code in self.unit_codes


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativePrompt:
    """A question (câu hỏi gợi ý) answered in prose under a heading; without units: asked of all."""

    code: str
    field: str
    label: str
    help: str = ""
    max_length: int = LONGEST_ANSWER
    unit_codes: tuple[str, ...] = ()
    is_required: bool = False

    def is_asked_of(self, unit_code: str) -> bool:
        """Say whether this unit answers it."""
        return not self.unit_codes or unit_code in self.unit_codes


@dataclass(frozen=True, slots=True, kw_only=True)
class PartGuide:
    """What the office says of one part (hướng dẫn); without units it is asked of all."""

    part: str
    help: str = ""
    is_asked: bool = True
    unit_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedMovements:
    """Phong trào thi đua that a unit is expected to report on."""

    unit_code: str
    movements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardChoice:
    """Danh hiệu or hình thức khen thưởng that may be proposed, and for whom."""

    code: str
    title: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodForm:
    """What a period asks of every unit: the content of a form edition (phiên bản biểu mẫu)."""

    headings: tuple[DossierField, ...] = ()
    prompts: tuple[NarrativePrompt, ...] = ()
    indicators: tuple[AskedIndicator, ...] = ()
    expected_movements: tuple[ExpectedMovements, ...] = ()
    awards: tuple[AwardChoice, ...] = ()
    guides: tuple[PartGuide, ...] = ()
    movements_from_above: tuple[str, ...] = ()
    movements_commune_wide: tuple[str, ...] = ()

    def indicators_of(self, unit_code: str) -> tuple[AskedIndicator, ...]:
        """Return the indicators that this unit reports, in the order of the form."""
        return tuple(it for it in self.indicators if it.is_asked_of(unit_code))

    def prompts_of(self, unit_code: str) -> tuple[NarrativePrompt, ...]:
        """Return the questions that this unit answers, heading by heading."""
        return tuple(
            it
            for heading in self.headings
            for it in self.prompts
            if it.field == heading.code and it.is_asked_of(unit_code)
        )

    def movements_of(self, unit_code: str) -> tuple[str, ...]:
        """Return the movements expected of this unit."""
        return tuple(
            name
            for expected in self.expected_movements
            if expected.unit_code == unit_code
            for name in expected.movements
        )

    def guide(self, part: str) -> PartGuide:
        """Return what the office says of a part."""
        return next((it for it in self.guides if it.part == part), PartGuide(part=part))

    def parts_of(self, unit_code: str) -> tuple[Part, ...]:
        """Return the parts that this unit fills in, in the order of the form."""
        return tuple(part for part in Part if self._asks(part, unit_code))

    def _asks(self, part: Part, unit_code: str) -> bool:
        guide = self.guide(part)
        if not guide.is_asked or (guide.unit_codes and unit_code not in guide.unit_codes):
            return False
        if part is Part.INDICATORS:
            return bool(self.indicators_of(unit_code))
        return bool(self.prompts_of(unit_code)) if part is Part.ACHIEVEMENTS else True

    def indicator(self, code: str) -> AskedIndicator | None:
        """Return the indicator with that code, if the form asks it."""
        return next((it for it in self.indicators if it.code == code), None)

    def prompt(self, code: str) -> NarrativePrompt | None:
        """Return the question with that code, if the form asks it."""
        return next((it for it in self.prompts if it.code == code), None)

    def award(self, code: str) -> AwardChoice | None:
        """Return the award with that code, if it may be proposed."""
        return next((it for it in self.awards if it.code == code), None)

    def heading_title(self, code: str) -> str:
        """Return the title of a heading; the code itself where there is none."""
        return next((it.title for it in self.headings if it.code == code), code)


def prompts_for(headings: tuple[DossierField, ...]) -> tuple[NarrativePrompt, ...]:
    """Return one open question for each heading: what a form asks before staff refine it."""
    return tuple(NarrativePrompt(code=it.code, field=it.code, label=it.title) for it in headings)
