"""What a downloaded file is called."""

import re

from services.archive.domain.documents import Document, Version, type_name

# Windows refuses these in a file name; a symbol holds "/", a subject may hold any.
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_SUBJECT = 60


def download_name(document: Document, version: Version, extension: str) -> str:
    """Return ``01_BC-TĐKT_Tổng kết….docx``, or ``Dự thảo v2_Báo cáo_….docx`` before issue."""
    if document.issue and document.issue.version_id == version.id:
        head = document.issue.text
    else:
        head = f"Dự thảo v{version.ordinal}_{type_name(document.facts.document_type)}"
    return f"{_safe(head)}_{_shortened(_safe(document.facts.subject))}.{extension}"


def _safe(text: str) -> str:
    return " ".join(_UNSAFE.sub("_", text).split()).strip(" .")


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_SUBJECT:
        return text
    return text[:_LONGEST_SUBJECT].rsplit(" ", 1)[0].rstrip(" ,;.")
