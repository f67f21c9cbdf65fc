"""Many documents in one file: a ZIP, one Word document, or one PDF."""

import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import IO

from pypdf import PdfReader, PdfWriter

from kernel.errors import InvalidInput
from ooxml.merging import MergeTooLarge, NotMergeable, merge

_EPOCH = (1980, 1, 1, 0, 0, 0)
_READABLE_FILE = 0o100644 << 16
_UNIX = 3


class CannotBundle(InvalidInput):
    """These documents cannot be one file; a ZIP of them is always possible."""

    code = "cannot-bundle"
    title = "Không ghép được thành một tệp"


def write_zip(stream: IO[bytes], files: Iterable[tuple[str, bytes]]) -> int:
    """Write a ZIP of these files and return how many; the same files give the same bytes.

    A .docx is packed already: packing it again would cost time and save nothing.
    """
    count = 0
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = _UNIX, _READABLE_FILE
            archive.writestr(entry, content)
            count += 1
    return count


def one_document(documents: Iterable[bytes]) -> bytes:
    """Return one .docx of documents that one template made."""
    try:
        return merge(documents)
    except NotMergeable as exc:
        raise CannotBundle(
            f"Các văn bản này khác nhau ở phần dùng chung ({exc.part}) nên không ghép được thành "
            "một tệp Word. Hãy tải tệp ZIP."
        ) from exc
    except MergeTooLarge as exc:
        raise CannotBundle(
            "Các văn bản này quá dài để ghép thành một tệp Word. Hãy tải tệp ZIP."
        ) from exc


def one_pdf(pdfs: Iterable[bytes]) -> bytes:
    """Return one PDF with the pages of all, in order; what is the same in them is kept once."""
    writer = PdfWriter()
    for pdf in pdfs:
        writer.append(PdfReader(BytesIO(pdf)), import_outline=False)
    writer.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()
