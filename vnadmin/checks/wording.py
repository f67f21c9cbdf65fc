"""The words by which a component of form is known, whoever typed it and however it is set."""

import re
from dataclasses import dataclass
from functools import cached_property

from vnadmin.editions import Edition
from vnadmin.text_folding import fold

NUMERAL = r"(?:[IVXLC]+|\d+|\{\{.*\}\})"
_DATE = r"ngày\s+(?P<day>\S+|\{\{.*?\}\})\s+tháng\s+(?P<month>\S+|\{\{.*?\}\})\s+năm\s+(?P<year>.+)"
# Days may be missing, dots or data; but after the year the line ends.
_LOOSE = r"ngày\W.*tháng\W.*năm(?:\s*[\d.…_]*|\s*\{\{.*\}\})"
_NO_PLACE = r"(?!hôm nay|căn cứ|thời gian|vào |từ |theo |[-(+])"
_DATE_TAG = r"\{\{[^{}]*date[^{}]*\}\}"
_PATTERNS = tuple(
    (code, re.compile(pattern, re.IGNORECASE))
    for code, pattern in (
        ("number_and_symbol", r"số\s*:[^/]{0,40}(?:/.{0,60})?"),
        ("place_and_date", rf"{_NO_PLACE}.{{1,60}},\s*(?:{_LOOSE}|{_DATE_TAG})"),
        ("letter_abstract", r"v/v\b.*"),
        ("recipients_label", r"nơi nhận\s*:?"),
        ("addressees", r"kính gửi\s*:?.*"),
        ("article", r"điều\s+\d+[a-zđ]?\s*[.:].*"),
        ("annex_label", rf"phụ lục(?:\s+(?:số\s+)?{NUMERAL})?\s*:?"),
        ("annex_reference", r"\(\s*(?:ban hành\s+)?kèm theo\s.*\)"),
        ("part_label", rf"(?:phần|chương)\s+(?:thứ\s+)?(?:{NUMERAL}|một|hai|ba|bốn|tư|năm|sáu)"),
        ("section_label", rf"(?:mục|tiểu mục)\s+{NUMERAL}"),
    )
)
_SIGNING = re.compile(r"(?:TM|KT|TL|TUQ|Q)\s?\.\s*[^\W\d_].*")
DATE = re.compile(_DATE, re.IGNORECASE)
# A sentence may hold the same words; these components are a line or two.
_SHORT = {"number_and_symbol", "place_and_date", "annex_label", "part_label", "section_label"}
_SHORT_LINE = 110


@dataclass(frozen=True)
class Wording:
    """Tells a component by its text alone."""

    edition: Edition

    @cached_property
    def type_names(self) -> frozenset[str]:
        """Return the folded names of all types of documents, and the titles of certificates."""
        names = [it.name for it in self.edition.document_types]
        titles = [title for family in self.edition.families for title in family.titles]
        return frozenset(plain(name) for name in (*names, *titles))

    @cached_property
    def _heading(self) -> dict[str, str]:
        heading = self.edition.heading
        return {plain(heading.national_name): "national_name", plain(heading.motto): "motto"}

    def fixed_role(self, text: str) -> str:
        """Return the component whose fixed words the text has, else ""."""
        if not text:
            return ""
        if len(text) <= _SHORT_LINE and (found := self._heading.get(plain(text))):
            return found
        for code, pattern in _PATTERNS:
            if (code not in _SHORT or len(text) <= _SHORT_LINE) and pattern.fullmatch(text):
                return code
        return "signing_power" if _SIGNING.fullmatch(text) and text.isupper() else ""

    def style_role(self, style_id: str, style_name: str) -> str:
        """Return the component that a style is named after, by its code or its Vietnamese name."""
        named = {style_id, style_name}
        codes = (it.code for it in self.edition.components if named & {it.code, it.name})
        return next(codes, "")


def plain(text: str) -> str:
    """Return the words without tone, case, punctuation or a tag's braces."""
    return " ".join(re.split(r"\W+", fold(text))).strip()
