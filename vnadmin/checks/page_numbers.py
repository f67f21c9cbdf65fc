"""Page numbers: centred in the top margin, from the second page on, anew in each annex."""

from collections.abc import Iterator, Mapping, Sequence

from ooxml.structure import Document, Field, Paragraph, Section
from vnadmin.checks.findings import LayoutFinding, Rule, place_of
from vnadmin.checks.lengths import written, written_span
from vnadmin.checks.lines import Line
from vnadmin.checks.page import place_of_section
from vnadmin.editions import Edition

_PAGE = "PAGE"
_ARABIC = "decimal"
_INSERT = "Trong Word: Insert → Page Number → Top of Page → Plain Number 2."
_SAME_PAGES = {"continuous", "nextColumn"}


def check_page_numbers(
    document: Document, lines: Sequence[Line], edition: Edition
) -> Iterator[LayoutFinding]:
    """Yield what is wrong with the page numbers of any section that begins a page."""
    rule = Rule("page-number", edition.page_number.source, edition)
    annexes = _annex_sections(lines)
    checked: set[int] = set()
    for section in document.sections:
        if section.number and section.begins in _SAME_PAGES:
            continue
        yield from _check_position(section, document, rule)
        yield from _check_first_page(section, document, rule)
        yield from _check_numerals(section, document, rule)
        if section.number in annexes:
            yield from _check_annex(section, document, rule)
        for paragraph, field in _page_fields(section.headers, "default", "even"):
            if id(paragraph) not in checked:
                checked.add(id(paragraph))
                yield from _check_look(paragraph, field, rule)


def _check_position(section: Section, document: Document, rule: Rule) -> Iterator[LayoutFinding]:
    at_foot = next(_page_fields(section.footers, "default", "first", "even"), None)
    if at_foot is not None:
        yield rule.broken(
            place_of(at_foot[0]), "Số trang đặt ở chân trang, phải đặt ở lề trên.", _INSERT
        )
        return
    kinds = ["default", *["even"] * document.has_even_headers]
    if not all(list(_page_fields(section.headers, kind)) for kind in kinds):
        yield rule.doubtful(
            place_of_section(section, document),
            "Không có số trang ở lề trên; văn bản từ hai trang trở lên phải đánh số trang.",
            _INSERT,
        )


def _check_first_page(section: Section, document: Document, rule: Rule) -> Iterator[LayoutFinding]:
    numbered = list(_page_fields(section.headers, "default"))
    if section.number or not numbered:
        return
    if not section.has_title_page or list(_page_fields(section.headers, "first")):
        yield rule.broken(
            place_of_section(section, document),
            "Trang đầu hiện số trang; số của trang thứ nhất không được hiện.",
            "Mở đầu trang, chọn Different First Page và để trống đầu trang của trang đầu.",
        )
    if section.first_page_number not in (None, 1):
        yield rule.broken(
            place_of_section(section, document),
            f"Số trang bắt đầu từ {section.first_page_number}, phải bắt đầu từ 1.",
            "Trong Word: Insert → Page Number → Format Page Numbers → Start at 1.",
        )


def _check_numerals(section: Section, document: Document, rule: Rule) -> Iterator[LayoutFinding]:
    if section.page_number_format != _ARABIC and list(_page_fields(section.headers, "default")):
        yield rule.broken(
            place_of_section(section, document),
            "Số trang không viết bằng chữ số Ả Rập.",
            "Trong Word: Insert → Page Number → Format Page Numbers → 1, 2, 3.",
        )


def _check_annex(section: Section, document: Document, rule: Rule) -> Iterator[LayoutFinding]:
    numbered = list(_page_fields(section.headers, "default"))
    if numbered and section.number and section.first_page_number != 1:
        yield rule.broken(
            place_of_section(section, document),
            "Số trang của phụ lục chạy tiếp văn bản chính; mỗi phụ lục phải đánh số riêng từ 1.",
            "Đặt con trỏ trong phụ lục: Insert → Page Number → Format Page Numbers → Start at 1.",
        )


def _check_look(paragraph: Paragraph, field: Field, rule: Rule) -> Iterator[LayoutFinding]:
    wanted, place = rule.edition.page_number, place_of(paragraph)
    if not _is_centred(paragraph, field):
        yield rule.broken(place, "Số trang không canh giữa.", "Canh giữa đoạn có số trang.")
    if not wanted.size_pt.allows(field.look.size_pt):
        yield rule.broken(
            place,
            f"Cỡ chữ của số trang là {written(field.look.size_pt)}, "
            f"phải {written_span(wanted.size_pt)}.",
            f"Chọn số trang và đặt cỡ chữ {written_span(wanted.size_pt)}.",
        )
    if field.look.is_italic:
        yield rule.broken(place, "Số trang in nghiêng, phải là chữ đứng.", "Bỏ chữ nghiêng.")
    if any(letter.isalpha() for letter in paragraph.text):
        yield rule.doubtful(
            place, "Cạnh số trang còn có chữ khác.", "Chỉ để lại số trang, viết bằng số Ả Rập."
        )


def _is_centred(paragraph: Paragraph, field: Field) -> bool:
    # The header style of Word has a tab in the middle: one tab brings the number there.
    by_tab = paragraph.look.has_centre_tab and field.text_before.strip(" ") == "\t"
    return paragraph.look.alignment == "center" or by_tab


def _annex_sections(lines: Sequence[Line]) -> set[int]:
    """Return the sections that begin with an annex."""
    firsts: dict[int, Line] = {}
    for line in lines:
        if line.text:
            firsts.setdefault(line.paragraph.section, line)
    heads = ("annex_label", "annex_title")
    return {section for section, line in firsts.items() if line.role in heads}


def _page_fields(
    bands: Mapping[str, Sequence[Paragraph]], *kinds: str
) -> Iterator[tuple[Paragraph, Field]]:
    for kind in kinds:
        for paragraph in bands.get(kind, ()):
            for field in paragraph.fields:
                if field.name == _PAGE:
                    yield paragraph, field
