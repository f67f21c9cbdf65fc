"""Which fonts the text of a document is set in."""

from ooxml.structure import Document, Paragraph


def fonts_used(document: Document) -> dict[str, Paragraph]:
    """Return the fonts of all text that is seen, each with the first paragraph that uses it."""
    found: dict[str, Paragraph] = {}
    for paragraph in document.every_paragraph():
        for run in paragraph.runs:
            for font in run.look.fonts_for(run.text):
                found.setdefault(font, paragraph)
    return found
