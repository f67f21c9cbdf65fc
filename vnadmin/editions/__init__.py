"""Editions of the rules on form: every legal number stands in a file, with its article."""

from functools import lru_cache

from vnadmin.editions.model import (
    Alignment,
    BodyText,
    Component,
    DatePadding,
    DocumentType,
    Edition,
    EndMark,
    Family,
    Font,
    Heading,
    LetterCase,
    ListEnds,
    NumberPadding,
    Page,
    PageNumber,
    SigningPowerRule,
    Span,
    UrgencyMark,
)
from vnadmin.editions.reading import Entry, InvalidEdition, UnknownEdition, read
from vnadmin.validity import Source

__all__ = [
    "Alignment",
    "BodyText",
    "Component",
    "DatePadding",
    "DocumentType",
    "Edition",
    "EndMark",
    "Family",
    "Font",
    "Heading",
    "InvalidEdition",
    "LetterCase",
    "ListEnds",
    "NumberPadding",
    "Page",
    "PageNumber",
    "SigningPowerRule",
    "Span",
    "UnknownEdition",
    "UrgencyMark",
    "load",
]


@lru_cache
def load(code: str = "nd30_2020") -> Edition:
    """Return an edition of the rules on form; the default is Decree 30/2020/NĐ-CP."""
    root = read(code)
    whole = root.source()
    return Edition(
        code=code,
        title=root.text("title"),
        source=whole,
        page=_page(root.entry("page"), whole),
        font=_font(root.entry("font"), whole),
        page_number=_page_number(root.entry("page_number"), whole),
        body_text=_body_text(root.entry("body_text"), whole),
        heading=_heading(root.entry("heading"), whole),
        components=tuple(_component(it, whole) for it in root.entries("components")),
        lists=tuple(_list_ends(it, whole) for it in root.entries("lists")),
        end_mark=_end_mark(root.entry("end_mark"), whole),
        families=tuple(_family(it, whole) for it in root.entries("families")),
        document_types=_document_types(root.entry("document_types")),
        signing_powers=tuple(_signing_power(it, whole) for it in root.entries("signing_powers")),
        urgency_marks=tuple(_urgency_mark(it, whole) for it in root.entries("urgency_marks")),
        list_letters=root.entry("list_letters").texts("letters"),
        date_padding=_date_padding(root.entry("date_padding"), whole),
        number_padding=_number_padding(root.entry("number_padding"), whole),
        refused_name_prefixes=root.entry("refused_name_prefixes").texts("prefixes"),
    )


def _span(entry: Entry, key: str) -> Span:
    limits = entry.entry(key)
    return Span(limits.decimal("min"), limits.decimal("max"))


def _page(entry: Entry, whole: Source) -> Page:
    return Page(
        paper=entry.text("paper"),
        width_mm=entry.integer("width_mm"),
        height_mm=entry.integer("height_mm"),
        top_mm=_span(entry, "top_mm"),
        bottom_mm=_span(entry, "bottom_mm"),
        left_mm=_span(entry, "left_mm"),
        right_mm=_span(entry, "right_mm"),
        source=entry.source(whole),
    )


def _font(entry: Entry, whole: Source) -> Font:
    return Font(name=entry.text("name"), colour=entry.text("colour"), source=entry.source(whole))


def _page_number(entry: Entry, whole: Source) -> PageNumber:
    return PageNumber(
        size_pt=_span(entry, "size_pt"),
        alignment=Alignment(entry.text("alignment")),
        is_on_first_page=entry.flag("is_on_first_page"),
        source=entry.source(whole),
    )


def _body_text(entry: Entry, whole: Source) -> BodyText:
    return BodyText(
        first_line_indent_mm=_span(entry, "first_line_indent_mm"),
        paragraph_gap_min_pt=entry.decimal("paragraph_gap_min_pt"),
        line_spacing=_span(entry, "line_spacing"),
        source=entry.source(whole),
    )


def _heading(entry: Entry, whole: Source) -> Heading:
    return Heading(
        national_name=entry.text("national_name"),
        national_name_variants=entry.texts("national_name_variants"),
        motto=entry.text("motto"),
        source=entry.source(whole),
    )


def _component(entry: Entry, whole: Source) -> Component:
    rule = entry.entry("rule_below") if "rule_below" in entry.fields else None
    return Component(
        code=entry.text("code"),
        name=entry.text("name"),
        case=LetterCase(entry.text("case")),
        size_pt=_span(entry, "size_pt"),
        is_bold=entry.flag("bold"),
        is_italic=entry.flag("italic"),
        alignment=Alignment(entry.text("alignment")),
        sample_size_pt=entry.optional_integer("sample_size_pt"),
        rule_below=(rule.fraction("min"), rule.fraction("max")) if rule else None,
        source=entry.source(whole),
    )


def _list_ends(entry: Entry, whole: Source) -> ListEnds:
    return ListEnds(
        code=entry.text("code"),
        between=entry.text("between"),
        last=entry.text("last"),
        source=entry.source(whole),
    )


def _end_mark(entry: Entry, whole: Source) -> EndMark:
    return EndMark(text=entry.text("text"), source=entry.source(whole))


def _family(entry: Entry, whole: Source) -> Family:
    return Family(
        code=entry.text("code"),
        name=entry.text("name"),
        titles=entry.optional_texts("titles"),
        required=entry.texts("required"),
        unchecked=entry.optional_texts("unchecked"),
        margin=_span(entry, "margin_mm") if "margin_mm" in entry.fields else None,
        is_landscape=entry.flag("is_landscape"),
        has_page_number=entry.flag("has_page_number", absent=True),
        has_end_mark=entry.flag("has_end_mark", absent=True),
        has_running_text=entry.flag("has_running_text", absent=True),
        is_black_only=entry.flag("is_black_only", absent=True),
        has_greatest_sizes=entry.flag("has_greatest_sizes", absent=True),
        source=entry.source(whole),
    )


def _document_types(section: Entry) -> tuple[DocumentType, ...]:
    return tuple(_document_type(entry) for entry in section.entries("types"))


def _document_type(entry: Entry) -> DocumentType:
    return DocumentType(
        code=entry.text("code"),
        name=entry.text("name"),
        abbreviation=entry.optional_text("abbreviation"),
        wire_code=entry.optional_integer("wire_code"),
        is_copy=entry.flag("is_copy"),
    )


def _signing_power(entry: Entry, whole: Source) -> SigningPowerRule:
    return SigningPowerRule(
        code=entry.text("code"),
        mark=entry.text("mark_text"),
        meaning=entry.text("meaning"),
        source=entry.source(whole),
    )


def _urgency_mark(entry: Entry, whole: Source) -> UrgencyMark:
    return UrgencyMark(
        text=entry.text("text"),
        width_mm=entry.integer("width_mm"),
        height_mm=entry.integer("height_mm"),
        source=entry.source(whole),
    )


def _date_padding(entry: Entry, whole: Source) -> DatePadding:
    return DatePadding(
        days_below=entry.integer("days_below"),
        months_below=entry.integer("months_below"),
        source=entry.source(whole),
    )


def _number_padding(entry: Entry, whole: Source) -> NumberPadding:
    return NumberPadding(numbers_below=entry.integer("numbers_below"), source=entry.source(whole))
