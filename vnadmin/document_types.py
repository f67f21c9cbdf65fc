"""The kinds of administrative documents, as Decree 30/2020 lists them."""

from vnadmin.editions import DocumentType, load
from vnadmin.text_folding import compose

__all__ = [
    "DocumentType",
    "UnknownDocumentType",
    "all_document_types",
    "document_type",
    "document_type_by_abbreviation",
    "document_type_known_as",
    "known_as",
]


class UnknownDocumentType(LookupError):
    """The decree knows no such kind of document."""


def all_document_types() -> tuple[DocumentType, ...]:
    """Return the 27 named types, the official letter (công văn) and the 3 kinds of copy."""
    return load().document_types


def document_type(code: str) -> DocumentType:
    """Return the type with that code, such as ``report``."""
    for known in all_document_types():
        if known.code == code:
            return known
    raise UnknownDocumentType(f"Không có loại văn bản {code!r}")


def document_type_by_abbreviation(abbreviation: str) -> DocumentType:
    """Return the type with that abbreviation of Annex III, such as ``BC``; case counts."""
    wanted = compose(abbreviation)
    for known in all_document_types():
        if known.abbreviation == wanted:
            return known
    raise UnknownDocumentType(f"Không có loại văn bản viết tắt là {abbreviation!r}")


def known_as(known: DocumentType) -> str:
    """Return the abbreviation; the official letter (công văn), which has none, goes by its name."""
    return known.abbreviation or known.name


def document_type_known_as(word: str) -> DocumentType:
    """Return the type that goes by that abbreviation, or by that name where it has none."""
    wanted = compose(word)
    for known in all_document_types():
        if known_as(known) == wanted:
            return known
    raise UnknownDocumentType(f"Không có loại văn bản {word!r}")
