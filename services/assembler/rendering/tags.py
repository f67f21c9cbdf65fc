"""The tags of a template as they are typed in Word: `{{ … }}`, `{% … %}`, `{# … #}`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from services.assembler.domain.findings import Finding, Severity
from services.assembler.rendering.paragraphs import Paragraph, Piece

_OPENING = re.compile(r"\{[{%#]")
_STRAY = re.compile(r"\}\}|%\}|#\}")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
# The end of a tag, or the beginning of another that shows that this one has none.
_AFTER = {kind: re.compile(rf"{re.escape(end)}|\{{[{{%#]") for kind, end in _CLOSING.items()}
_AFTER["{#"] = re.compile(re.escape(_CLOSING["{#"]))  # whatever stands in a comment
_PREFIX = re.compile(r"(tr|tc|p|r)\s")
_END_OF_RAW = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")
_RAW = re.compile(r"\{%[-+]?\s*raw\s*[-+]?%\}")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_NAME = re.compile(r"\w+")
_SHOWN = 60

RETYPE = "Xóa cả thẻ rồi gõ lại liền một mạch."


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag; `prefix` is docxtpl's "p", "tr", "tc" or "r", `body` what Jinja is given."""

    paragraph: Paragraph
    start: int
    source: str
    prefix: str
    body: str

    @property
    def is_value(self) -> bool:
        """Tell whether it prints a value."""
        return self.source.startswith("{{")

    @property
    def is_statement(self) -> bool:
        """Tell whether it is an `if`, a `for` or another statement."""
        return self.source.startswith("{%")

    @property
    def keyword(self) -> str:
        """Return the first word of a statement."""
        word = _NAME.match(self.body) if self.is_statement else None
        return word[0] if word else ""

    @property
    def end(self) -> int:
        """Return where the tag ends in its paragraph."""
        return self.start + len(self.source)

    def pieces(self) -> list[Piece]:
        """Return the pieces of text that the tag is typed in."""
        return [
            piece
            for piece in self.paragraph.pieces
            if piece.start < self.end and piece.start + len(piece.text) > self.start
        ]

    def __str__(self) -> str:
        return shortened(self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Something found at a place of a paragraph; becomes a Finding when all are put in order."""

    paragraph: Paragraph
    offset: int
    rule: str
    message: str
    suggestion: str = ""
    severity: Severity = Severity.ERROR

    def finding(self) -> Finding:
        """Return the finding, with its place in words."""
        return Finding(
            severity=self.severity,
            rule=self.rule,
            place=self.paragraph.place(self.offset),
            message=self.message,
            suggestion=self.suggestion,
        )


def at(tag: Tag, rule: str, message: str, suggestion: str = "") -> Spot:
    """Return an error found at a tag."""
    return Spot(
        paragraph=tag.paragraph,
        offset=tag.start,
        rule=rule,
        message=message,
        suggestion=suggestion,
    )


def shortened(text: str) -> str:
    """Return the text, cut where it is long."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


@dataclass(slots=True)
class Reading:
    """The tags of a part and what is wrong with the way they are typed."""

    tags: list[Tag] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)


def read_tags(paragraphs: Sequence[Paragraph]) -> Reading:
    """Return every tag of a part; a faulty one hides none that stands after it."""
    reading = Reading()
    is_raw = False
    for paragraph in paragraphs:
        is_raw = _read_paragraph(paragraph, reading, is_raw=is_raw)
    for before, after in pairwise(one for one in paragraphs if one.text):
        reading.spots += _brace_before(before, after)
    return reading


def _brace_before(before: Paragraph, after: Paragraph) -> Iterator[Spot]:
    """Find a brace that the engine joins with the tag at the beginning of the next paragraph."""
    if before.text.endswith("{") and after.text[0] in "{%#":
        yield Spot(
            paragraph=before,
            offset=len(before.text) - 1,
            rule="template-lone-brace",
            message="Dấu “{” ở cuối đoạn dính liền với thẻ ở đầu đoạn sau.",
            suggestion="Xóa dấu “{” này, hoặc gõ thêm một dấu cách sau nó.",
        )


def _read_paragraph(paragraph: Paragraph, reading: Reading, *, is_raw: bool) -> bool:
    """Add the tags of a paragraph; returns whether `{% raw %}` is open at its end."""
    text, position = paragraph.text, 0
    while True:
        opening = (_END_OF_RAW if is_raw else _OPENING).search(text, position)
        if opening is None:
            if not is_raw:
                reading.spots += _strays(paragraph, position, len(text))
            return is_raw
        if not is_raw:
            reading.spots += _strays(paragraph, position, opening.start())
        tag = _tag(paragraph, opening)
        if tag is None:
            reading.spots.append(_unclosed(paragraph, opening))
            if opening[0] == "{#":
                return is_raw  # the rest of the paragraph is a comment without an end
            position = opening.end()
            continue
        reading.tags.append(tag)
        position = tag.end
        is_raw = bool(_RAW.fullmatch(tag.source))


def _tag(paragraph: Paragraph, opening: re.Match[str]) -> Tag | None:
    text, begin = paragraph.text, opening.start()
    kind = text[begin : begin + 2]
    following = _AFTER[kind].search(text, begin + 2)
    if following is None or following[0] != _CLOSING[kind]:
        return None
    source = text[begin : following.end()]
    inner = source[2:-2].translate(_STRAIGHT)
    prefix = _PREFIX.match(inner)
    if prefix:
        inner = inner[prefix.end() :]
    return Tag(paragraph, begin, source, prefix[1] if prefix else "", inner.strip("-+").strip())


def _unclosed(paragraph: Paragraph, opening: re.Match[str]) -> Spot:
    begin = opening.start()
    kind = paragraph.text[begin : begin + 2]
    following = _OPENING.search(paragraph.text, begin + 2)
    end = following.start() if following else len(paragraph.text)
    shown = shortened(paragraph.text[begin:end].strip())
    return Spot(
        paragraph=paragraph,
        offset=begin,
        rule="template-unclosed-tag",
        message=f"Thẻ “{shown}” không có dấu đóng “{_CLOSING[kind]}” trong cùng đoạn.",
        suggestion=f"Gõ thêm “{_CLOSING[kind]}” vào cuối thẻ, trên cùng một đoạn với “{kind}”.",
    )


def _strays(paragraph: Paragraph, begin: int, end: int) -> Iterator[Spot]:
    for stray in _STRAY.finditer(paragraph.text, begin, end):
        kind = next(kind for kind, close in _CLOSING.items() if close == stray[0])
        yield Spot(
            paragraph=paragraph,
            offset=stray.start(),
            rule="template-unopened-tag",
            message=f"Dấu đóng “{stray[0]}” không có dấu mở “{kind}” đứng trước.",
            suggestion=f"Xóa cả thẻ rồi gõ lại, bắt đầu bằng “{kind}”.",
        )
