"""Why a file is refused, and the limits it is measured against."""

from dataclasses import dataclass
from enum import StrEnum

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large a package may be; the defaults leave room for a 500-page annex."""

    file_bytes: int = 32 * MIB
    entries: int = 2_000
    part_bytes: int = 64 * MIB
    total_bytes: int = 160 * MIB
    ratio: int = 500
    ratio_applies_above_bytes: int = 4 * MIB


DEFAULT_LIMITS = Limits()


class Fault(StrEnum):
    """What is wrong with a package; whoever asked for it finds the words for the user."""

    TOO_LARGE = "too-large"
    TOO_MANY_PARTS = "too-many-parts"
    ZIP_BOMB = "zip-bomb"
    NOT_A_ZIP = "not-a-zip"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    UNSAFE_NAME = "unsafe-name"
    DUPLICATE_PART = "duplicate-part"
    NOT_A_DOCUMENT = "not-a-document"
    MALFORMED_XML = "malformed-xml"
    DTD = "dtd"
    TOO_DEEP = "too-deep"
    MACRO = "macro"
    EMBEDDED_OBJECT = "embedded-object"
    EXTERNAL_LINK = "external-link"
    ACTIVE_FIELD = "active-field"


class PackageRefused(Exception):
    """The file is not a Word document that may be opened here."""

    def __init__(self, fault: Fault, part: str = "") -> None:
        super().__init__(f"{fault}: {part}" if part else str(fault))
        self.fault, self.part = fault, part
