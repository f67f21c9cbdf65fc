"""The check of a whole document against the rules on form (thể thức, kỹ thuật trình bày)."""

from collections.abc import Iterator

from ooxml.structure import Document
from vnadmin.checks.characters import check_characters
from vnadmin.checks.completeness import check_components
from vnadmin.checks.drawn_rules import check_drawn_rules
from vnadmin.checks.endings import check_endings
from vnadmin.checks.findings import LayoutFinding, merged
from vnadmin.checks.forms import check_form
from vnadmin.checks.page import check_pages
from vnadmin.checks.page_numbers import check_page_numbers
from vnadmin.checks.roles import recognised
from vnadmin.checks.running_text import check_running_text
from vnadmin.checks.texts import check_text
from vnadmin.editions import Edition


def check_layout(
    document: Document, edition: Edition, family_code: str = ""
) -> tuple[LayoutFinding, ...]:
    """Return every departure from the edition, of a finished document or of a template.

    `family_code` names one of the edition's families; without it the document's title tells.
    """
    return merged(_findings(document, edition, family_code))


def _findings(document: Document, edition: Edition, family_code: str) -> Iterator[LayoutFinding]:
    family, lines = recognised(document, edition, family_code)
    yield from check_pages(document, edition, family)
    if family.has_page_number:
        yield from check_page_numbers(document, lines, edition)
    yield from check_characters(document, edition, family)
    yield from check_components(lines, edition, family)
    for line in lines:
        if line.role:
            yield from check_text(line, edition)
            yield from check_form(line, edition, family)
    yield from check_drawn_rules(lines, edition, family)
    yield from check_running_text(lines, edition)
    yield from check_endings(lines, edition, family)
