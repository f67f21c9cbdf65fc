"""Proof, made once from its source, that whatever a template prints is one well-formed document.

Every branch of a condition must leave the same elements open, every loop the ones it found. Values
are escaped, so that they may stand in text and in attributes; rich text stands in a paragraph. What
this cannot prove is not wrong: the result is then parsed after each rendering.
"""

import re
from collections.abc import Sequence

from jinja2 import nodes

from services.assembler.rendering.placing import ATTRIBUTE, RUNS

_TAG = re.compile(
    r"<(?P<closes>/?)(?P<name>[A-Za-z_][\w.-]*(?::[\w.-]+)?)"
    r"(?P<attributes>(?:\s+[\w.:-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*)\s*(?P<is_empty>/?)>"
)
# A tag up to the middle of an attribute's value: the rest comes after a value or a condition.
_BEGUN_TAG = re.compile(
    r"(<[A-Za-z_][\w.-]*(?::[\w.-]+)?(?:\s+[\w.:-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*"
    r"\s+[\w.:-]+\s*=\s*\")[^\"<]*"
)
# What a value cannot make dangerous. A field's code and a relation are looked at in the result.
_INERT = re.compile(r"<w:(?!fldSimple)\w+\s(?:.*\s)?w:\w+\s*=\s*\"$", re.DOTALL)
_ATTRIBUTE = re.compile(r"([\w.:-]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)")
_MAY_HOLD_RUNS = frozenset({"w:p", "w:hyperlink", "w:smartTag", "w:ins", "w:fldSimple"})
_MAY_HOLD_TEXT = frozenset({"w:t", "w:delText", "w:instrText", "w:delInstrText"})
_BLOCKS = frozenset({"w:p", "w:tbl", "w:sdt"})
END_IN_PARAGRAPH = frozenset({"w:tc", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:txbxContent"})
"""What Word calls damaged unless a paragraph is the last thing in it."""
# Ids of drawings must be numbered anew where a loop repeats them.
_DRAWING = "wp:docPr"

Element = tuple[str, frozenset[str]]
"""Name of an open element, and the namespace prefixes that are declared within it."""


class _Unproved(Exception):
    """Something is met of which nothing can be said beforehand."""


def is_well_formed(tree: nodes.Template) -> bool:
    """Tell whether every rendering of this source is one well-formed element, with safe values."""
    prover = _Prover()
    try:
        prover.follow(tree.body)
    except _Unproved:
        return False
    return prover.has_root and not prover.open and not prover.begun


class _Prover:
    """Follows the source as it will run, and knows at each place which elements are open."""

    def __init__(self) -> None:
        self.open: tuple[Element, ...] = ()
        self.begun = ""
        """A tag that is not whole yet, without the attribute's value that it is in."""
        self.has_root = False
        self._control = 0
        self._loops = 0
        self._rows: list[int] = []
        self._ends: tuple[bool, ...] = ()
        """Of each open element, whether what it holds so far always ends in a paragraph."""

    def follow(self, body: Sequence[nodes.Node]) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                self._follow_output(node)
            elif isinstance(node, nodes.For) and not node.recursive:
                self._loops += 1
                self._follow_branches([node.body, node.else_, []])
                self._loops -= 1
            elif isinstance(node, nodes.If):
                self._follow_branches([node.body, *(it.body for it in node.elif_), node.else_])
            elif not isinstance(node, nodes.Assign):
                raise _Unproved

    def _follow_branches(self, branches: Sequence[Sequence[nodes.Node]]) -> None:
        """Follow each branch from here; all must end alike."""
        start, begun, rows = self.open, self.begun, list(self._rows)
        before, after = self._ends, []
        ends = set()
        self._control += 1
        for branch in branches:
            self.open, self.begun, self._rows, self._ends = start, begun, list(rows), before
            self.follow(branch)
            ends.add((self.open, self.begun, tuple(self._rows)))
            after.append(self._ends)
        self._control -= 1
        if len(ends) != 1:
            raise _Unproved
        self._ends = tuple(map(all, zip(*after, strict=True)))

    def _follow_output(self, node: nodes.Output) -> None:
        for part in node.nodes:
            if isinstance(part, nodes.TemplateData):
                self._follow_xml(part.data)
            elif not self._may_hold(part):
                raise _Unproved

    def _may_hold(self, value: nodes.Node) -> bool:
        """Tell whether the value is printed as the place where it stands requires."""
        printed = value.name if isinstance(value, nodes.Filter) else ""
        holder = self.open[-1][0] if self.open else ""
        if self.begun or printed == ATTRIBUTE:
            return printed == ATTRIBUTE and bool(_INERT.match(self.begun))
        return holder in _MAY_HOLD_RUNS if printed == RUNS else holder == "w:t"

    def _follow_xml(self, xml: str) -> None:
        xml, self.begun = self.begun + xml, ""
        at = 0
        while at < len(xml):
            tag = xml.find("<", at)
            end = tag if tag >= 0 else len(xml)
            self._follow_text(xml[at:end])
            if tag < 0:
                return
            match = _TAG.match(xml, tag)
            if match is None:
                self._begin(xml[tag:])
                return
            self._follow_tag(match)
            at = match.end()

    def _begin(self, rest: str) -> None:
        begun = _BEGUN_TAG.fullmatch(rest)
        if begun is None or _BARE_AMPERSAND.search(rest):
            raise _Unproved
        self.begun = begun[1]

    def _follow_text(self, text: str) -> None:
        if _BARE_AMPERSAND.search(text) or "]]>" in text:
            raise _Unproved
        if text.strip() and (not self.open or self.open[-1][0] not in _MAY_HOLD_TEXT):
            raise _Unproved

    def _follow_tag(self, tag: re.Match[str]) -> None:
        if tag["closes"]:
            self._close(tag["name"], has_more=bool(tag["attributes"] or tag["is_empty"]))
            return
        self._open(tag["name"], _ATTRIBUTE.findall(tag["attributes"]), tag["attributes"])
        if tag["is_empty"]:
            self._close(tag["name"], has_more=False)

    def _open(self, name: str, attributes: list[str], source: str) -> None:
        if (not self.open and self.has_root) or (name == _DRAWING and self._loops):
            raise _Unproved
        self.has_root = True
        declared = {it.removeprefix("xmlns:") for it in attributes if it.startswith("xmlns:")}
        prefixes = (self.open[-1][1] if self.open else frozenset({"xml", "xmlns"})) | declared
        used = {it.partition(":")[0] for it in (name, *attributes) if ":" in it}
        is_repeated = len(set(attributes)) != len(attributes)
        if is_repeated or not used <= prefixes or _BARE_AMPERSAND.search(source):
            raise _Unproved
        self._count_cell(name)
        self.open = (*self.open, (name, prefixes))
        self._ends = (*self._ends, False)

    def _count_cell(self, name: str) -> None:
        """Refuse a row whose number of cells depends on data: its table's grid must follow it."""
        if name == "w:tr":
            self._rows.append(self._control)
        elif name == "w:tc" and (not self._rows or self._rows[-1] != self._control):
            raise _Unproved

    def _close(self, name: str, *, has_more: bool) -> None:
        if not self.open or self.open[-1][0] != name or has_more:
            raise _Unproved
        if name == "w:tr":
            self._rows.pop()
        self.open = self.open[:-1]
        *outer, ends_in_paragraph = self._ends
        if name in END_IN_PARAGRAPH and not ends_in_paragraph:
            raise _Unproved
        if outer and name in _BLOCKS:
            outer[-1] = name != "w:tbl"
        self._ends = tuple(outer)
