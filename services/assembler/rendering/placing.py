"""Where the values of a document's source stand: in text, among runs, or in an attribute.

What may be printed differs by that. Where a whole paragraph would stand only the template's own
macros can print: what docxtpl calls a sub-document is not supported.
"""

import re

from jinja2 import nodes

RUNS, BLOCKS, ATTRIBUTE = "_runs", "_blocks", "_attribute"
"""The filters that print there; in text the printing itself does it."""

_LAST_TAG = re.compile(r"<(/?)([A-Za-z_][\w.:-]*)[^<>]*?(/?)>(?=[^<>]*\Z)")
_CODES = frozenset({"w:delText", "w:instrText", "w:delInstrText"})
# After these comes a whole paragraph or table: what docxtpl calls a sub-document.
_BETWEEN_BLOCKS = frozenset(
    {"/w:p", "/w:tbl", "/w:tcPr", "/w:tr", "w:body", "w:tc", "w:txbxContent", "w:hdr", "w:ftr"}
    | {"w:footnote", "w:endnote", "w:sectPr"}
)


def place_values(tree: nodes.Template) -> None:
    """Let each value be printed as it must be where it stands."""
    before = ""
    for output in tree.find_all(nodes.Output):
        for at, part in enumerate(output.nodes):
            if isinstance(part, nodes.TemplateData):
                before = _end_of(before + part.data)
            else:
                output.nodes[at] = _placed(part, before)


def _end_of(source: str) -> str:
    """Return the part of the source that decides: from its last tag on."""
    at = source.rfind("<")
    return source[at:] if at >= 0 else source[-1:]


def _placed(value: nodes.Expr, before: str) -> nodes.Expr:
    if before.startswith("<") and ">" not in before:
        return _filtered(value, ATTRIBUTE)
    tag = _LAST_TAG.match(before)
    if tag is None:
        return value  # a source that is no document
    name = f"{tag[1]}{tag[2]}"
    if name == "w:t" and not tag[3]:
        return value
    if name in _CODES:
        return _filtered(value, ATTRIBUTE)
    return _filtered(value, BLOCKS if name in _BETWEEN_BLOCKS else RUNS)


def _filtered(value: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(value, name, [], [], None, None, lineno=value.lineno)
