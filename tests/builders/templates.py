"""Templates as an office would make them: the shipped report, changed in Word."""

import copy
import io
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument

_REPORT = Path(__file__).parents[2] / "templates" / "summary_report" / "template.docx"
_BEFORE = "{{ movements.summary }}"


def the_report(*paragraphs: str) -> bytes:
    """Return the shipped report with these paragraphs in its text, set like those around them."""
    return saved(a_report(*paragraphs))


def a_report(*paragraphs: str) -> WordDocument:
    """Return it as a document that can be changed further."""
    document = Document(str(_REPORT))
    model = next(it for it in document.paragraphs if it.text == _BEFORE)
    anchor = next(it for it in document.paragraphs if it.text == "{%p if movements.summary %}")
    for text in paragraphs:
        added = copy.deepcopy(model._p)
        anchor._p.addprevious(added)
        runs = [it for it in added if it.tag.endswith("}r")]
        for run in runs[1:]:
            added.remove(run)
        next(it for it in runs[0] if it.tag.endswith("}t")).text = text
    return document


def saved(document: WordDocument) -> bytes:
    """Return the .docx."""
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
