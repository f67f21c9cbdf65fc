"""One PDF of the pages of several."""

from collections.abc import Iterable
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject

# What makes a PDF/A, and how it opens. Not the structure tree: it would name pages left out.
_OF_THE_WHOLE = ("/Lang", "/ViewerPreferences", "/OutputIntents", "/Metadata")
_OF_THE_STRUCTURE = ("/StructParents", "/Tabs")


def merge(pieces: Iterable[tuple[bytes, int]]) -> bytes:
    """Return these first pages of each piece as one document with the facts of the first."""
    writer = PdfWriter()
    for data, pages in pieces:
        reader = PdfReader(BytesIO(data))
        if not writer.pages:
            _take_over(reader, writer)
        for page in reader.pages[:pages]:
            writer.add_page(page)
    for page in writer.pages:
        for key in _OF_THE_STRUCTURE:
            page.pop(NameObject(key), None)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _take_over(reader: PdfReader, writer: PdfWriter) -> None:
    root = reader.root_object
    for key in _OF_THE_WHOLE:
        if key in root:
            writer.root_object[NameObject(key)] = root.raw_get(key).clone(writer)
    writer.metadata = reader.metadata
    writer.pdf_header = reader.pdf_header
    identity = reader.trailer.get("/ID")
    if isinstance(identity, ArrayObject):
        writer._ID = identity  # PDF/A wants one, and pypdf has no other way
