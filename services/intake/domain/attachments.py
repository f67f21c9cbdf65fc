"""Files that go with a report (tài liệu kèm theo): which kinds, how many, under which names."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath
from uuid import UUID

from kernel.text import cleaned
from services.intake.domain.content import AttachedFile

MIB = 1024 * 1024
LONGEST_NAME = 150
_UNSAFE = re.compile(r'[:*?"<>|]+')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})
_NOTHING = "tệp"


class FileKind(StrEnum):
    """A kind that is taken in."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    JPEG = "jpg"
    PNG = "png"

    @property
    def media_type(self) -> str:
        """Return the media type under which it is given out."""
        return _MEDIA_TYPES[self]

    @property
    def endings(self) -> tuple[str, ...]:
        """Return what a name of this kind may end with, the usual one first."""
        return (".jpg", ".jpeg") if self is FileKind.JPEG else (f".{self.value}",)


_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    FileKind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
}
ACCEPTED = "PDF, Word (.docx), Excel (.xlsx), ảnh JPG hoặc PNG"
ENDINGS = tuple(ending for kind in FileKind for ending in kind.endings)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentLimits:
    """How large one file may be, and how many a report may have."""

    max_bytes: int = 20 * MIB
    max_count: int = 30

    @property
    def max_request_bytes(self) -> int:
        """Return how much one sending may hold: several files, or one that is to be told of."""
        return 3 * self.max_bytes + MIB

    @property
    def max_mib(self) -> int:
        """Return how large one file may be, in MB as people say."""
        return self.max_bytes // MIB


USUAL_LIMITS = AttachmentLimits()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """One file of a report, with what its unit said of it."""

    file: AttachedFile
    part: str
    note: str
    added_at: datetime
    added_by: str
    removed_at: datetime | None = None

    @property
    def id(self) -> UUID:
        """Return the identifier of the file."""
        return self.file.id


def kept_name(sent: str, kind: FileKind, *, taken: Collection[str] = ()) -> str:
    """Return the name under which the file is kept: diacritics stay, paths and tricks go.

    Its ending is one of its kind, whatever was sent; a name that is taken gets a number.
    """
    stem = PurePosixPath(_UNSAFE.sub("_", shown_name(sent)).strip(" ."))
    ending = stem.suffix.lower()
    bare = str(stem)[: -len(ending)] if ending in ENDINGS else str(stem)
    ending = ending if ending in kind.endings else kind.endings[0]
    base = bare[:LONGEST_NAME].strip(" .") or _NOTHING
    return _free(base, ending, taken)


def shown_name(sent: str) -> str:
    """Return the name as its sender knows it: without folders and what cannot be seen."""
    last = cleaned(sent).replace("\\", "/").rpartition("/")[2]
    visible = "".join(it for it in last if unicodedata.category(it) not in _UNSEEN)
    return " ".join(visible.split())[: 2 * LONGEST_NAME]


def _free(base: str, ending: str, taken: Collection[str]) -> str:
    lowered = {it.casefold() for it in taken}
    name, number = f"{base}{ending}", 2
    while name.casefold() in lowered:
        name, number = f"{base} ({number}){ending}", number + 1
    return name


def size_text(size: int) -> str:
    """Return ``12 KB``, ``1,4 MB``."""
    if size < MIB:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / MIB:.1f}".replace(".", ",").removesuffix(",0") + " MB"
