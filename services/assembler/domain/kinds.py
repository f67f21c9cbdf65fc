"""What makes one kind of document differ from another: the part of a manifest that composes."""

import re
from collections.abc import Mapping
from typing import Protocol

COUNCIL = "council"  # the council signs, under the seal of its host
HEAD = "head"  # the head of the committee signs in his own power
COMMITTEE = "committee"  # the head signs on behalf of the committee, which acts as a whole
SIGNINGS = (COUNCIL, HEAD, COMMITTEE)

_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")

# Decisions and minutes are addressed to nobody: who must act stands in their text.
_NOT_ADDRESSED = frozenset({"QĐ", "NQ", "BB", "QC", "QyĐ"})
_DECIDING = frozenset({"QĐ", "NQ"})
_SUBMISSION = "TTr"
_LETTER = "Công văn"
_MINUTES = "BB"


class UnknownPlaceholder(ValueError):
    """A subject asks for something that no document knows."""


class DocumentKind(Protocol):
    """Loại văn bản that a template makes: what its manifest says of it.

    `document_type` is the abbreviation of ND30 Annex III, or "Công văn", which has none; `subject`
    (trích yếu) may use {{ year }}, {{ next_year }}, {{ commune }} and {{ nominees }}; `signing` is
    one of SIGNINGS; `award` is set where the document grants one award.
    """

    @property
    def document_type(self) -> str: ...  # noqa: D102 - the class says what each is
    @property
    def issuing_body(self) -> str: ...  # noqa: D102
    @property
    def subject(self) -> str: ...  # noqa: D102
    @property
    def signing(self) -> str: ...  # noqa: D102
    @property
    def award(self) -> str | None: ...  # noqa: D102


def is_addressed(kind: DocumentKind) -> bool:
    """Tell whether "Kính gửi" stands above the text."""
    return kind.document_type not in _NOT_ADDRESSED


def decides(kind: DocumentKind) -> bool:
    """Tell whether the document decides, and so cites who proposed it."""
    return kind.document_type in _DECIDING


def submits(kind: DocumentKind) -> bool:
    """Tell whether the document (tờ trình) asks a superior for what is not ours to decide."""
    return kind.document_type == _SUBMISSION


def is_letter(kind: DocumentKind) -> bool:
    """Tell whether the document is an official letter (công văn), without the name of a type."""
    return kind.document_type == _LETTER


def records(kind: DocumentKind) -> bool:
    """Tell whether the document records a session: it stays with those who held it."""
    return kind.document_type == _MINUTES


def fill_subject(subject: str, values: Mapping[str, object]) -> str:
    """Return the subject with its few placeholders filled; nothing else in it is interpreted."""

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in values:
            known = ", ".join(sorted(values))
            raise UnknownPlaceholder(f"Trích yếu không dùng được {name!r}; chỉ có: {known}.")
        return str(values[name])

    return _PLACEHOLDER.sub(value, subject)
