"""Paper, margins and direction of each section."""

from collections.abc import Iterator

from ooxml.structure import Document, Section
from vnadmin.checks.findings import LayoutFinding, Place, Rule
from vnadmin.checks.lengths import is_about, keeps, millimetres, written, written_span
from vnadmin.editions import Edition, Family, Span

_SIDES = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}
# How Word turns the margins with the page, to the one side or to the other.
_TURNED = (
    {"top": "left", "right": "top", "bottom": "right", "left": "bottom"},
    {"top": "right", "left": "top", "bottom": "left", "right": "bottom"},
)


def check_pages(document: Document, edition: Edition, family: Family) -> Iterator[LayoutFinding]:
    """Yield what is wrong with the paper and the margins of any section."""
    for section in document.sections:
        yield from _check_paper(section, document, edition)
        yield from _check_margins(section, document, edition, family)
        yield from _check_direction(section, document, edition, family)


def place_of_section(section: Section, document: Document) -> Place:
    """Return the place of a section, by its number where there are several."""
    return Place(part="document", section=section.number if len(document.sections) > 1 else None)


def _check_paper(section: Section, document: Document, edition: Edition) -> Iterator[LayoutFinding]:
    page = edition.page
    rule = Rule("paper", page.source, edition)
    place = place_of_section(section, document)
    wanted = f"{page.paper} ({page.width_mm} mm × {page.height_mm} mm)"
    what_to_do = f"Trong Word: Layout → Size → {page.paper}."
    if section.width is None or section.height is None:
        yield rule.broken(place, f"Văn bản không ghi khổ giấy; phải là {wanted}.", what_to_do)
        return
    short, long = sorted((section.width, section.height))
    is_kept = is_about(min(page.width_mm, page.height_mm), short) and is_about(
        max(page.width_mm, page.height_mm), long
    )
    if not is_kept:
        found = f"{_mm(section.width)} × {_mm(section.height)}"
        yield rule.broken(place, f"Khổ giấy là {found}, phải là {wanted}.", what_to_do)


def _check_margins(
    section: Section, document: Document, edition: Edition, family: Family
) -> Iterator[LayoutFinding]:
    rules = _margins(edition, family)
    found = {side: getattr(section, side) for side in _SIDES}
    if section.is_landscape and any(_is_kept(found, rules, turn) for turn in _TURNED):
        return
    source = edition.page.source if family.margin is None else family.source
    rule = Rule("margin", source, edition)
    for side, name in _SIDES.items():
        length = found[side]
        if length is None or not keeps(rules[side], length):
            said = "không được ghi" if length is None else f"là {_mm(length)}"
            yield rule.broken(
                place_of_section(section, document),
                f"Lề {name} {said}, phải {written_span(rules[side])} mm.",
                "Trong Word: Layout → Margins → Custom Margins.",
            )


def _check_direction(
    section: Section, document: Document, edition: Edition, family: Family
) -> Iterator[LayoutFinding]:
    rule = Rule(
        "orientation", family.source if family.is_landscape else edition.page.source, edition
    )
    place = place_of_section(section, document)
    if family.is_landscape and not section.is_landscape:
        yield rule.doubtful(
            place,
            f"{family.name} thường in trên giấy nằm ngang.",
            "Trong Word: Layout → Orientation → Landscape.",
        )
    elif section.is_landscape and not family.is_landscape and not _has_table(section, document):
        yield rule.doubtful(
            place,
            "Trang nằm ngang nhưng không có bảng, biểu nào.",
            "Chỉ đặt giấy nằm ngang cho phần có bảng, biểu rộng.",
        )


def _margins(edition: Edition, family: Family) -> dict[str, Span]:
    return {side: family.margin or getattr(edition.page, f"{side}_mm") for side in _SIDES}


def _is_kept(found: dict[str, int | None], rules: dict[str, Span], turn: dict[str, str]) -> bool:
    lengths = {side: found[turned] for side, turned in turn.items()}
    return all(it is not None and keeps(rules[side], it) for side, it in lengths.items())


def _has_table(section: Section, document: Document) -> bool:
    return any(
        it.section == section.number and it.cell is not None and it.cell.is_bordered
        for it in document.paragraphs
    )


def _mm(twips: int) -> str:
    return f"{written(millimetres(twips))} mm"
