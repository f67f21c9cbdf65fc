"""What an edition of the layout rules says, as typed values."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from vnadmin.validity import Source


class LetterCase(StrEnum):
    """How a component is capitalised (kiểu chữ in hoa, in thường)."""

    UPPER = "upper"
    LOWER = "lower"  # ordinary sentence writing, with the capitals that spelling asks for
    PHRASE = "phrase"  # the first letter of each phrase is a capital, as in the motto


class Alignment(StrEnum):
    """Where a component stands on its line (canh lề)."""

    LEFT = "left"
    CENTRE = "centre"
    JUSTIFIED = "justified"


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the greatest value that a rule allows (khoảng cho phép)."""

    minimum: Decimal
    maximum: Decimal

    def allows(self, value: Decimal | int) -> bool:
        """Tell whether a value keeps the rule; both ends do."""
        return self.minimum <= value <= self.maximum


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Paper and margins (khổ giấy, định lề trang), Annex I part I section I.1–3 of ND30."""

    paper: str
    width_mm: int
    height_mm: int
    top_mm: Span
    bottom_mm: Span
    left_mm: Span
    right_mm: Span
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """The one typeface of administrative documents (phông chữ), Annex I part I section I.4."""

    name: str
    colour: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNumber:
    """How pages are numbered (số trang văn bản), Annex I part I section I.7."""

    size_pt: Span
    alignment: Alignment
    is_on_first_page: bool
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyText:
    """Paragraphs of the content (nội dung văn bản), Annex I part I section II.6."""

    first_line_indent_mm: Span
    paragraph_gap_min_pt: Decimal
    line_spacing: Span
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One component of form (thành phần thể thức), Annex I parts I and V of ND30."""

    code: str
    name: str
    case: LetterCase
    size_pt: Span
    is_bold: bool
    is_italic: bool
    alignment: Alignment
    sample_size_pt: int | None
    rule_below: tuple[Fraction, Fraction] | None  # shortest and longest share of the text line
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEnds:
    """How the lines of a list end: each but the last, and the last (dấu cuối dòng)."""

    code: str
    between: str
    last: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class EndMark:
    """What stands after the last words of the content (dấu kết thúc văn bản)."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Documents that are laid out alike (văn bản có tên loại, công văn, biên bản, giấy khen).

    `required` components must be there, `unchecked` ones follow no rule of this edition;
    `margin`, in millimetres, stands for all four margins in place of those of the page.
    """

    code: str
    name: str
    titles: tuple[str, ...]
    required: tuple[str, ...]
    unchecked: tuple[str, ...]
    margin: Span | None
    is_landscape: bool
    has_page_number: bool
    has_running_text: bool
    has_end_mark: bool
    is_black_only: bool
    has_greatest_sizes: bool
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType:
    """Tên loại văn bản: a kind of administrative document, article 7 and Annex III of ND30."""

    code: str
    name: str
    abbreviation: str | None  # an official letter has none
    wire_code: int | None  # type code of QCVN 102:2016/BTTTT as amended in 2022
    is_copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningPowerRule:
    """Quyền hạn của người ký: the mark before a signer's title, Annex I part I section II.7."""

    code: str
    mark: str
    meaning: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePadding:
    """Which days and months get a leading zero, Annex I part I section II.4."""

    days_below: int
    months_below: int
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPadding:
    """Which document numbers get a leading zero, Annex I part I section II.3."""

    numbers_below: int
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyMark:
    """Dấu chỉ độ khẩn: text and size of an urgency mark, Annex I part I section III."""

    text: str
    width_mm: int
    height_mm: int
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Quốc hiệu and Tiêu ngữ: the wording to write, and the spellings accepted when read."""

    national_name: str
    national_name_variants: tuple[str, ...]
    motto: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One dated set of rules on the form of documents (quy định về thể thức văn bản)."""

    code: str
    title: str
    source: Source
    page: Page
    font: Font
    page_number: PageNumber
    body_text: BodyText
    heading: Heading
    components: tuple[Component, ...]
    lists: tuple[ListEnds, ...]
    end_mark: EndMark
    families: tuple[Family, ...]
    document_types: tuple[DocumentType, ...]
    signing_powers: tuple[SigningPowerRule, ...]
    urgency_marks: tuple[UrgencyMark, ...]
    list_letters: tuple[str, ...]
    date_padding: DatePadding
    number_padding: NumberPadding
    refused_name_prefixes: tuple[str, ...]

    def component(self, code: str) -> Component:
        """Return the rule of one component of form."""
        for component in self.components:
            if component.code == code:
                return component
        raise LookupError(f"Không có thành phần thể thức {code!r}")

    def family(self, code: str) -> Family:
        """Return the family of documents with that code, such as ``certificate``."""
        for family in self.families:
            if family.code == code:
                return family
        raise LookupError(f"Không có nhóm văn bản {code!r}")
