"""Typeface and colour of everything that is printed."""

from collections.abc import Collection, Iterator

from ooxml.looks import CharacterLook
from ooxml.structure import Document
from vnadmin.checks.findings import LayoutFinding, Place, Rule
from vnadmin.checks.lines import Line, lines_of
from vnadmin.checks.wording import Wording, plain
from vnadmin.editions import Edition, Family

_AUTOMATIC = "auto"


def check_characters(
    document: Document, edition: Edition, family: Family
) -> Iterator[LayoutFinding]:
    """Yield text in another typeface or colour, and styles that would bring one in."""
    stamps = {plain(mark.text) for mark in edition.urgency_marks}
    rule = Rule("font", edition.font.source, edition)
    for line in lines_of(document.every_paragraph(), Wording(edition)):
        yield from _check_fonts(line, rule)
        if family.is_black_only:
            yield from _check_colour(line, edition, stamps)
    yield from _check_styles(document, edition)


def missing_fonts(
    document: Document, available: Collection[str], edition: Edition
) -> Iterator[LayoutFinding]:
    """Yield each font of the text that is not among these families; case does not count."""
    known = {family.casefold() for family in available}
    rule = Rule("missing-font", edition.font.source, edition)
    told: set[str] = set()
    for line in lines_of(document.every_paragraph(), Wording(edition)):
        for font in _fonts(line):
            if font.casefold() not in known | told:
                told.add(font.casefold())
                yield rule.doubtful(
                    line.place,
                    f"Máy chủ không có phông chữ “{font}”; chữ sẽ được thay bằng phông khác, "
                    "nên dòng và trang có thể xê dịch trong bản PDF.",
                    f"Dùng phông chữ {edition.font.name}, hoặc cài phông “{font}” trên máy chủ.",
                )


def _check_fonts(line: Line, rule: Rule) -> Iterator[LayoutFinding]:
    wanted = rule.edition.font.name
    for font in _fonts(line):
        if font.casefold() != wanted.casefold():
            yield rule.broken(
                line.place,
                f"Phông chữ là “{font}”, phải là {wanted}.",
                f"Chọn toàn bộ văn bản và đặt phông chữ {wanted}.",
            )


def _check_colour(line: Line, edition: Edition, stamps: set[str]) -> Iterator[LayoutFinding]:
    """Yield colours other than black; a mark of urgency is stamped in red."""
    rule = Rule("colour", edition.font.source, edition)
    allowed = {_AUTOMATIC, edition.font.colour}
    for colour in dict.fromkeys(look.colour for look in line.looks):
        if colour not in allowed and plain(line.text) not in stamps:
            yield rule.broken(
                line.place,
                f"Chữ có màu {colour}, phải là màu đen.",
                "Chọn chữ đó và đặt màu Automatic (đen).",
            )


def _check_styles(document: Document, edition: Edition) -> Iterator[LayoutFinding]:
    rule = Rule("style-font", edition.font.source, edition)
    wanted = edition.font.name
    for style in document.styles:
        fonts = dict.fromkeys(_both(style.look))
        for font in fonts:
            if font.casefold() != wanted.casefold():
                yield rule.doubtful(
                    Place(part="styles", excerpt=style.name or style.style_id),
                    f"Kiểu này dùng phông chữ “{font}”: chữ gõ thêm sẽ không phải {wanted}.",
                    f"Trong Word: Styles → Modify → đặt phông chữ {wanted}.",
                )


def _both(look: CharacterLook) -> tuple[str, str]:
    return look.ascii_font, look.high_ansi_font


def _fonts(line: Line) -> tuple[str, ...]:
    return tuple(dict.fromkeys(font for run in line.runs for font in run.look.fonts_for(run.text)))
