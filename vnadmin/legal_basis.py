"""Legal bases: what a decision cites, and whether it was in force on the day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from vnadmin.editions.reading import read
from vnadmin.text_folding import compose
from vnadmin.validity import Mark, covers

_CITE = "Căn cứ "


class InvalidLegalBasis(ValueError):
    """A basis that says nothing or ends before it begins."""


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """Căn cứ ban hành: a document cited as ground; Annex I part I section II.6 of ND30.

    The text is the full first citation without the word "Căn cứ"; the days are the first and the
    last in force, None where unknown or open.
    """

    text: str
    valid_from: date | None = None
    valid_to: date | None = None
    code: str = ""
    topic: str = ""
    mark: Mark = Mark.ASSUMED

    def __post_init__(self) -> None:
        text = " ".join(compose(self.text).split()).removeprefix(_CITE).rstrip(" ;.")
        if not text:
            raise InvalidLegalBasis("Căn cứ không có nội dung")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise InvalidLegalBasis(f"Căn cứ hết hiệu lực trước khi có hiệu lực: {text}")
        object.__setattr__(self, "text", text)

    def is_in_force(self, on: date) -> bool:
        """Tell whether the document may be cited on that day."""
        return covers(self.valid_from, self.valid_to, on)


@lru_cache
def library(topic: str | None = None) -> tuple[LegalBasis, ...]:
    """Return the laws and decrees that we know, of one topic or of all, in citing order."""
    entries = read("legal_bases").entries("legal_bases")
    bases = (
        LegalBasis(
            text=entry.text("text"),
            valid_from=entry.day("valid_from"),
            valid_to=entry.optional_day("valid_to"),
            code=entry.text("code"),
            topic=entry.text("topic"),
            mark=Mark(entry.text("mark")),
        )
        for entry in entries
    )
    return tuple(basis for basis in bases if topic in (None, basis.topic))


def in_force(bases: Iterable[LegalBasis], on: date) -> tuple[LegalBasis, ...]:
    """Return those that hold on the day, in the same order."""
    return tuple(basis for basis in bases if basis.is_in_force(on))


def expired(bases: Iterable[LegalBasis], on: date) -> tuple[LegalBasis, ...]:
    """Return those out of force on the day, be it ended or not yet begun, in the same order."""
    return tuple(basis for basis in bases if not basis.is_in_force(on))


def cite_lines(bases: Sequence[LegalBasis], proposal: str | None = None) -> tuple[str, ...]:
    """Return one line each, ended by ";" and the last by "."; a proposal closes the list.

    The proposal is who asked for the decision, printed as "Theo đề nghị của …".
    """
    lines = [f"{_CITE}{basis.text}" for basis in bases]
    if proposal is not None:
        lines.append(f"Theo đề nghị của {compose(proposal).strip().rstrip(' ;.')}")
    return (*(f"{line};" for line in lines[:-1]), *(f"{line}." for line in lines[-1:]))
