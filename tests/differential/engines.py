"""Both engines on one template, and what differs between their results."""

import copy
import io
from collections.abc import Mapping
from typing import Any

from docxtpl import DocxTemplate

from services.assembler.rendering.docx import render
from tests.differential.canonical import differences
from tests.support.unzipped import parts_in

_COMPARED = ("document", "header1", "footer1", "footnotes")
"""docxtpl leaves endnotes as they are."""


def by_thidua(template: bytes, context: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the parts of our result."""
    return parts_in(render(template, context))


def by_docxtpl(template: bytes, context: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the parts of docxtpl's result."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(copy.deepcopy(dict(context)), autoescape=True)
    saved = io.BytesIO()
    document.save(saved)
    return parts_in(saved.getvalue())


def differences_of(ours: Mapping[str, bytes], theirs: Mapping[str, bytes]) -> str:
    """Return what differs in the parts that both engines render."""
    names = [f"word/{name}.xml" for name in _COMPARED if f"word/{name}.xml" in theirs]
    return "\n".join(filter(None, (differences(ours[name], theirs[name]) for name in names)))
