"""Where tags may stand: what `{%p`, `{%tr`, `{%tc` take away with them, and what they leave."""

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from ooxml.xml import w
from services.assembler.domain.findings import Severity
from services.assembler.rendering.paragraphs import Paragraph
from services.assembler.rendering.tag_language import CELL_STATEMENTS
from services.assembler.rendering.tags import Spot, Tag, at, shortened

_ZONES = {"p": "đoạn", "tr": "hàng", "tc": "ô"}
_LEAVES_NOTHING = frozenset({"for", "endfor", "if", "elif", "else", "endif", "set", "endset"})


def check_placement(paragraphs: Sequence[Paragraph], tags: Sequence[Tag]) -> Iterator[Spot]:
    """Yield tags that stand where they cannot do what they are meant to do."""
    yield from _outside_tables(tags)
    for prefix in _ZONES:
        yield from _about_zones(prefix, paragraphs, tags)
    yield from _blank_lines(paragraphs, tags)


def _outside_tables(tags: Iterable[Tag]) -> Iterator[Spot]:
    for tag in tags:
        needs_row = tag.prefix in {"tr", "tc"} or tag.keyword in CELL_STATEMENTS
        if needs_row and tag.paragraph.around("tc") is None:
            yield at(
                tag,
                "template-outside-table",
                f"Thẻ “{tag}” chỉ dùng được trong bảng, nhưng đoạn này nằm ngoài bảng.",
                "Đưa thẻ vào một hàng riêng của bảng, hoặc viết {%p … %} để lặp đoạn.",
            )


def _about_zones(
    prefix: str, paragraphs: Sequence[Paragraph], tags: Sequence[Tag]
) -> Iterator[Spot]:
    """Look at what stands beside each tag that takes its whole paragraph, row or cell away."""
    zones = _by_zone(prefix, (tag for tag in tags if tag.prefix == prefix and tag.is_statement))
    if not zones:
        return
    beside = _by_zone(prefix, (tag for tag in tags if tag.prefix != prefix))
    typed: dict[etree._Element, list[str]] = {}
    for paragraph in paragraphs:
        zone = _zone_of(paragraph, prefix)
        if zone is not None and zone in zones:
            typed.setdefault(zone, []).append(paragraph.text)
    for zone, (first, *others) in zones.items():
        yield from _taken_away(first, [*others, *beside.get(zone, [])])
        yield from _lost_text(first, " ".join(typed[zone]), [*zones[zone], *beside.get(zone, [])])


def _by_zone(prefix: str, tags: Iterable[Tag]) -> dict[etree._Element, list[Tag]]:
    zones: dict[etree._Element, list[Tag]] = {}
    for tag in tags:
        zone = _zone_of(tag.paragraph, prefix)
        if zone is not None:
            zones.setdefault(zone, []).append(tag)
    return zones


def _taken_away(first: Tag, others: Iterable[Tag]) -> Iterator[Spot]:
    where = _ZONES[first.prefix]
    for other in others:
        yield at(
            other,
            "template-mixed-tags",
            f"Thẻ “{other}” ở cùng {where} với “{first}”, là thẻ thay cho cả {where} đó.",
            f"Để “{other}” sang một {where} riêng.",
        )


def _lost_text(first: Tag, typed: str, tags: Iterable[Tag]) -> Iterator[Spot]:
    for tag in tags:
        typed = typed.replace(tag.source, " ")
    left = typed.strip()
    if left:
        where = _ZONES[first.prefix]
        yield Spot(
            paragraph=first.paragraph,
            offset=first.start,
            rule="template-lost-text",
            message=f"Chữ “{shortened(left)}” ở cùng {where} với “{first}” sẽ không được in.",
            suggestion=f"Chuyển chữ đó sang một {where} khác.",
            severity=Severity.WARNING,
        )


def _blank_lines(paragraphs: Sequence[Paragraph], tags: Sequence[Tag]) -> Iterator[Spot]:
    """Find paragraphs of nothing but statements: each leaves a blank line in the document."""
    by_paragraph: dict[int, list[Tag]] = {}
    for tag in tags:
        by_paragraph.setdefault(tag.paragraph.number, []).append(tag)
    for paragraph in paragraphs:
        own = by_paragraph.get(paragraph.number, [])
        if own and _is_all_statements(paragraph, own):
            kind = "tr" if _is_alone_in_row(paragraph, own, by_paragraph, paragraphs) else "p"
            what = "một hàng trống" if kind == "tr" else "một dòng trống"
            yield Spot(
                paragraph=paragraph,
                offset=own[0].start,
                rule="template-blank-line",
                message=f"Thẻ “{own[0]}” đứng một mình nên để lại {what} trong văn bản.",
                suggestion=f"Viết “{{%{kind} {own[0].body} %}}”, kể cả ở thẻ đóng của khối.",
                severity=Severity.WARNING,
            )


def _is_all_statements(paragraph: Paragraph, tags: Sequence[Tag]) -> bool:
    length = sum(len(tag.source) for tag in tags)
    is_only_tags = len("".join(paragraph.text.split())) <= sum(
        len("".join(tag.source.split())) for tag in tags
    )
    is_only_statements = all(not it.prefix and it.keyword in _LEAVES_NOTHING for it in tags)
    opens = sum(it.keyword in {"for", "if"} for it in tags)
    closes = sum(it.keyword in {"endfor", "endif"} for it in tags)
    is_complete = opens == closes and opens > 0
    return bool(length) and is_only_tags and is_only_statements and not is_complete


def _is_alone_in_row(
    paragraph: Paragraph,
    own: Sequence[Tag],
    by_paragraph: dict[int, list[Tag]],
    paragraphs: Sequence[Paragraph],
) -> bool:
    row = paragraph.around("tr")
    if row is None:
        return False
    inside = [it for it in _neighbours(paragraph, paragraphs) if it.around("tr") is row]
    return all(
        not it.text.strip() or _is_all_statements(it, by_paragraph.get(it.number, []))
        for it in inside
        if it is not paragraph
    )


def _neighbours(paragraph: Paragraph, paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs of the same row: they stand together in the order of the document."""
    row = paragraph.around("tr")
    begin = end = paragraph.number
    while begin > 0 and paragraphs[begin - 1].around("tr") is row:
        begin -= 1
    while end + 1 < len(paragraphs) and paragraphs[end + 1].around("tr") is row:
        end += 1
    yield from paragraphs[begin : end + 1]


def _zone_of(paragraph: Paragraph, prefix: str) -> etree._Element | None:
    if prefix == "p":
        return paragraph.element
    return next(paragraph.element.iterancestors(w(prefix)), None)
