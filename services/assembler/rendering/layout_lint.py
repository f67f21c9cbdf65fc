"""The check of a template's layout, in the words and the shape of the assembler's findings."""

from collections.abc import Collection, Iterator, Mapping

from ooxml.package import Package
from ooxml.reading import read_document
from services.assembler.domain.findings import Finding, error, warning
from vnadmin.checks.characters import missing_fonts
from vnadmin.checks.findings import LayoutFinding, Severity
from vnadmin.checks.layout import check_layout
from vnadmin.editions import load

# Fonts of the same widths: with one of them in place, no line moves.
_STAND_INS: Mapping[str, tuple[str, ...]] = {
    "Liberation Serif": ("Times New Roman",),
    "Liberation Sans": ("Arial", "Helvetica"),
    "Liberation Mono": ("Courier New",),
    "Carlito": ("Calibri",),
    "Caladea": ("Cambria",),
}
_MAKE = {Severity.ERROR: error, Severity.WARNING: warning}


def layout_findings(
    package: Package, *, family: str = "", fonts: Collection[str] | None = None
) -> tuple[Finding, ...]:
    """Return where the document departs from the rules on form in force.

    `family` names a family of the edition ("certificate"), else the document's title tells;
    `fonts` are the families of this machine, None where nobody asked for them.
    """
    document, edition = read_document(package), load()
    found = [*check_layout(document, edition, family)]
    if fonts is not None:
        found += missing_fonts(document, _with_stand_ins(fonts), edition)
    return tuple(map(_as_finding, found))


def _with_stand_ins(fonts: Collection[str]) -> set[str]:
    return {*fonts, *_replaced(fonts)}


def _replaced(fonts: Collection[str]) -> Iterator[str]:
    for font in fonts:
        yield from _STAND_INS.get(font, ())


def _as_finding(found: LayoutFinding) -> Finding:
    make = _MAKE[found.severity]
    suggestion = f"{found.suggestion} (Theo {found.article}.)"
    return make(found.rule, str(found.place), found.message, suggestion)
